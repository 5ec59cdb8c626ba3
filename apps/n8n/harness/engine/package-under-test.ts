import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import type { CredentialType, NodeType } from './n8n-types.ts'

/** What n8n loads of a package. */
export interface LoadedPackage {
  readonly nodes: Readonly<Record<string, NodeType>>
  readonly credentialTypes: Readonly<Record<string, CredentialType>>
}

/** Loads nodes and credentials the way n8n does: the files that package.json names, the class that is called as its file. */
export function loadPackage(folder: string): LoadedPackage {
  const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { n8n: { nodes: string[]; credentials: string[] } }
  const load = createRequire(join(folder, 'package.json'))
  const made = <Made>(file: string): Made => {
    const [name = ''] = basename(file).split('.', 1)
    const Class = (load(join(folder, file)) as Record<string, new () => Made>)[name]
    if (!Class) throw new Error(`${file} exports no ${name}`)
    return new Class()
  }
  const nodes = n8n.nodes.map((file) => made<NodeType>(file))
  const credentials = n8n.credentials.map((file) => made<CredentialType>(file))
  return {
    nodes: Object.fromEntries(nodes.map((node) => [node.description.name, node])),
    credentialTypes: Object.fromEntries(credentials.map((credential) => [credential.name, credential])),
  }
}

import type { Item, NodeType } from '../engine/n8n-types.ts'
import type { LoadedPackage } from '../engine/package-under-test.ts'
import { createSubject, type SubjectOptions } from '../engine/subject.ts'
import type { Form } from './form.ts'
import { type Case, casesFor } from './operation-cases.ts'

type Execute = NonNullable<NodeType['execute']>
type Context = { getNodeParameter(name: string, ...more: unknown[]): unknown }

/** Ways in which a node may be broken, each of which the harness has to see. */
const BROKEN: Readonly<Record<string, (execute: Execute) => Execute>> = {
  'items without pairing': (execute) =>
    changed(execute, (items) => items.map(({ json, binary }) => ({ json, ...(binary ? { binary } : {}) }))),
  'an item left out': (execute) => changed(execute, (items) => items.slice(0, 1)),
  'a secret in the output': (execute) =>
    changed(execute, (items) => items.map((item) => ({ ...item, json: { ...item.json, key: 'c4n4ry' } }))),
  'an input that nobody added': (execute) =>
    function (this: unknown) {
      const context = this as Context
      const spoiled = Object.assign(Object.create(context), {
        getNodeParameter: (name: string, ...more: unknown[]) =>
          name === 'additionalFields' ? { linkPreview: true } : context.getNodeParameter(name, ...more),
      })
      return execute.call(spoiled)
    },
}

/** The harness is tried with nodes that are broken on purpose: it has to find something. @param form of WAHA's `messages.sendText` */
export function selfTests(options: SubjectOptions, form: Form): Case[] {
  return Object.entries(BROKEN).map(([name, breakIt]) => ({
    name: `the harness sees ${name}`,
    async run() {
      const subject = await createSubject({ ...options, loaded: broken(options, breakIt) })
      const operation = options.gateway.table.operations['messages.sendText']
      const [required] = operation ? casesFor(subject, operation, form) : []
      const problems = await required?.run()
      await subject.close()
      return problems && problems.length > 0 ? [] : ['it saw nothing']
    },
  }))
}

function broken({ gateway, loaded }: SubjectOptions, breakIt: (execute: Execute) => Execute): LoadedPackage {
  const node = loaded.nodes[gateway.node]
  if (!node?.execute) throw new Error(`there is no node ${gateway.node}`)
  const execute = breakIt(node.execute)
  return { ...loaded, nodes: { ...loaded.nodes, [gateway.node]: Object.assign(Object.create(node), { execute }) } }
}

function changed(execute: Execute, change: (items: Item[]) => Item[]): Execute {
  return async function (this: unknown) {
    const [items = []] = await execute.call(this)
    return [change(items)]
  }
}

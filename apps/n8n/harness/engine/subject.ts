import { createDocumentServer, type ServedRequest } from '@wamux/document-server'
import type { TestedGateway } from '../gateways.ts'
import { createEngine, type Engine } from './engine.ts'
import type { Item, Json, NodeDescription, NodeType, Run, WorkflowNode } from './n8n-types.ts'
import type { LoadedPackage } from './package-under-test.ts'
import { serve } from './serve.ts'

/** A node with a server behind it that knows the gateway's document. */
export interface Subject {
  readonly gateway: TestedGateway
  readonly nodeName: string
  readonly description: NodeDescription
  /** Runs the node in a workflow. */
  run(parameters: Json, items: readonly Item[], settings?: Pick<WorkflowNode, 'onError'>): Promise<Executed>
  /** In the next run the requests after so many are answered with this. */
  refuse(after: number, answer: { status: number; message: string }): void
  /** Secrets of the credential that stand in something. */
  leaks(seen: readonly unknown[]): string[]
  close(): Promise<void>
}

export interface Executed {
  readonly run: Run
  /** What the node itself gave, before n8n mended its pairing. */
  readonly output: readonly Item[]
  /** What arrived at the gateway and was answered by its document. */
  readonly requests: readonly ServedRequest[]
}

export interface SubjectOptions {
  readonly gateway: TestedGateway
  readonly loaded: LoadedPackage
  readonly lab: string
  /** The gateway's OpenAPI document. */
  readonly document: string
}

const NODE = 'Gateway'

export async function createSubject({ gateway, loaded, lab, document }: SubjectOptions): Promise<Subject> {
  const server = createDocumentServer(document, { credentials: gateway.served })
  let refusal: { after: number; status: number; message: string } | undefined
  let seen = 0
  const served = await serve(async (request) => {
    if (refusal && seen++ >= refusal.after) {
      const { status, message } = refusal
      return Response.json({ statusCode: status, status, success: false, error: 'Not Found', message }, { status })
    }
    return server.handle(request)
  })
  const { engine, outputOf } = watched(gateway.node, loaded, lab)
  const credentials = { [gateway.credential]: { baseUrl: served.url, ...gateway.secrets } }
  const description = loaded.nodes[gateway.node]?.description
  if (!description) throw new Error(`the package has no node ${gateway.node}`)

  return {
    gateway,
    nodeName: NODE,
    description,
    async run(parameters, items, settings = {}) {
      const before = server.requests.length
      const node = {
        name: NODE,
        type: gateway.node,
        parameters,
        credentials: { [gateway.credential]: { id: '1', name: 'test' } },
        ...settings,
      }
      const run = await engine.run(node, items, credentials).finally(() => {
        refusal = undefined
        seen = 0
      })
      return { run, output: outputOf(), requests: server.requests.slice(before) }
    },
    refuse(after, answer) {
      refusal = { after, ...answer }
    },
    leaks: (things) => things.flatMap((thing) => leaksIn(thing)),
    close: () => served.close(),
  }
}

// n8n pairs items by itself where their numbers fit, so what the node gives is looked at before that
export function watched(
  name: string,
  { nodes, credentialTypes }: LoadedPackage,
  lab: string,
): { engine: Engine; outputOf(): readonly Item[] } {
  let output: readonly Item[] = []
  const node = nodes[name]
  const watch: NodeType = Object.assign(Object.create(node ?? null), {
    async execute(this: unknown) {
      output = []
      const given = (await node?.execute?.call(this)) ?? []
      output = structuredClone(given.flat().map(({ json, binary, pairedItem }) => ({ json, binary, pairedItem }))) as Item[]
      return given
    },
  })
  return { engine: createEngine({ lab, nodes: { ...nodes, [name]: watch }, credentialTypes }), outputOf: () => output }
}

const SECRET = /c4n4ry/i

function leaksIn(thing: unknown): string[] {
  const text = JSON.stringify(thing, (_key, value) =>
    value instanceof Error ? { ...value, message: value.message, stack: value.stack, cause: value.cause } : value,
  )
  return SECRET.test(decoded(text ?? '')) ? [`a secret stands in ${text.replace(SECRET, '<here>').slice(0, 300)}`] : []
}

function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_found, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

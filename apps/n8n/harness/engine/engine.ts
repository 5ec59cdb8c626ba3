import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { CredentialType, Item, Json, NodeType, Run, RunError, WorkflowNode } from './n8n-types.ts'

/** What `n8n-core` and `n8n-workflow` give, as far as it is used. */
interface Core {
  readonly WorkflowExecute: new (
    additional: object,
    mode: string,
  ) => { run(options: { workflow: object; startNode: object | null }): Promise<unknown> }
  readonly ExecutionLifecycleHooks: new (
    mode: string,
    id: string,
    workflow: object,
  ) => { addHandler(name: string, handler: (run: RawRun) => void): void }
}

interface WorkflowPackage {
  readonly Workflow: new (options: object) => RealWorkflow
  readonly ICredentialsHelper: new () => object
  readonly NodeHelpers: { getVersionedNodeType(type: NodeType, version?: number): NodeType }
}

interface RealWorkflow {
  getNode(name: string): object | null
  readonly expression: {
    getSimpleParameterValue(node: object, value: unknown, mode: string, keys: object, executeData: undefined, fallback: unknown): unknown
  }
}

interface RawRun {
  readonly status: string
  readonly data: {
    readonly resultData: {
      readonly error?: RunError
      readonly runData: Readonly<Record<string, readonly { readonly data?: { main: (Item[] | null)[] }; readonly error?: RunError }[]>>
    }
  }
}

/** Credentials that a node of the workflow uses: type and decrypted data. */
export type Credentials = Readonly<Record<string, Json>>

export interface Engine {
  /** Runs start -> `node` with these items, as n8n would; a failed workflow is an answer, not an error. */
  run(node: WorkflowNode, items: readonly Item[], credentials: Credentials): Promise<Run>
}

export interface EngineOptions {
  /** Folder where n8n-core is installed. */
  readonly lab: string
  readonly nodes: Readonly<Record<string, NodeType>>
  readonly credentialTypes: Readonly<Record<string, CredentialType>>
}

const START = 'Start'
// n8n builds links of these; none is ever asked
const NOWHERE = 'http://127.0.0.1:9'

/** n8n's own engine in this process: expressions, resource locators, pairing of items and its HTTP stack are the real ones. */
export function createEngine({ lab, nodes, credentialTypes }: EngineOptions): Engine {
  const load = createRequire(join(lab, 'package.json'))
  load('reflect-metadata')
  const core: Core = load('n8n-core')
  const { Workflow, ICredentialsHelper, NodeHelpers }: WorkflowPackage = load('n8n-workflow')

  async function run(node: WorkflowNode, items: readonly Item[], credentials: Credentials): Promise<Run> {
    const types: Record<string, NodeType> = { ...nodes, start: startNode(items) }
    const workflowData = {
      id: 'harness',
      name: 'harness',
      active: false,
      settings: { executionOrder: 'v1' },
      nodes: [placed({ name: START, type: 'start', parameters: {} }), placed(node)],
      connections: { [START]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
      nodeTypes: {
        getByName: (name: string) => types[name],
        getByNameAndVersion: (name: string, version?: number) => {
          const type = types[name]
          if (!type) throw new Error(`there is no node ${name}`)
          return NodeHelpers.getVersionedNodeType(type, version)
        },
        getKnownTypes: () => ({}),
      },
    }
    const workflow = new Workflow(workflowData)
    const hooks = new core.ExecutionLifecycleHooks('manual', '1', workflowData)
    const ended = new Promise<RawRun>((resolve) => hooks.addHandler('workflowExecuteAfter', resolve))
    const additional = {
      credentialsHelper: credentialsHelper(ICredentialsHelper, credentialTypes, credentials),
      hooks,
      executionId: '1',
      currentNodeExecutionIndex: 0,
      variables: {},
      logAiEvent: () => undefined,
      ...Object.fromEntries(LINKS.map((name) => [name, `${NOWHERE}/${name}`])),
    }
    await new core.WorkflowExecute(additional, 'manual').run({ workflow, startNode: workflow.getNode(START) })
    return readRun(await ended)
  }

  return { run }
}

const LINKS = ['restApiUrl', 'instanceBaseUrl', 'webhookBaseUrl', 'webhookWaitingBaseUrl', 'webhookTestBaseUrl', 'formBaseUrl'].concat([
  'formWaitingBaseUrl',
  'formTestBaseUrl',
])

function placed(node: WorkflowNode): object {
  return { id: node.name, typeVersion: 1, position: [0, 0], ...node }
}

function startNode(items: readonly Item[]): NodeType {
  return {
    description: {
      name: 'start',
      displayName: START,
      version: 1,
      group: ['trigger'],
      properties: [],
      ...{ inputs: [], outputs: ['main'], defaults: { name: START } },
    },
    execute: async () => [[...items]],
  }
}

function credentialsHelper(
  Base: WorkflowPackage['ICredentialsHelper'],
  types: EngineOptions['credentialTypes'],
  data: Credentials,
): object {
  return Object.assign(new Base(), {
    isCredentialUsableByNode: () => true,
    getParentTypes: () => [],
    getDecrypted: async (_additional: unknown, _details: unknown, type: string) => data[type],
    getCredentialsProperties: (type: string) => types[type]?.properties ?? [],
    preAuthentication: async () => undefined,
    authenticate: async (values: Json, type: string, options: Json, workflow: RealWorkflow, node: object) => {
      const how = types[type]?.authenticate
      if (typeof how === 'function') return (how as (values: Json, options: Json) => Promise<Json>)(values, options)
      const resolve = (value: unknown) =>
        workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: values }, undefined, values)
      for (const [place, entries] of Object.entries(how?.properties ?? {})) {
        const target = { ...(options[place] as Json | undefined) }
        for (const [name, value] of Object.entries(entries)) target[String(resolve(name))] = resolve(value)
        options[place] = target
      }
      return options
    },
  })
}

function readRun({ status, data: { resultData } }: RawRun): Run {
  const last = (node: string) => resultData.runData[node]?.at(-1)
  return {
    status,
    ...(resultData.error ? { error: resultData.error } : {}),
    outputsOf: (node) => (last(node)?.data?.main ?? []).map((items) => items ?? []),
    itemsOf: (node) => last(node)?.data?.main[0] ?? [],
    errorOf: (node) => last(node)?.error,
  }
}

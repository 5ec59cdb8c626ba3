import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  IExecuteFunctions,
  IHookFunctions,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
  INodeExecutionData,
  IWebhookFunctions,
} from 'n8n-workflow'

type HttpFetch = (request: Request) => Promise<Response>

/** What the fake n8n is set up with. */
export interface FakeSetup {
  readonly fetch: HttpFetch
  readonly credentialType: ICredentialType
  /** A function gives each item its own, as an expression in a credential would. */
  readonly credentials: ICredentialDataDecryptedObject | ((index: number) => ICredentialDataDecryptedObject)
  /** A function gives each item its own value, as an expression would. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly items?: readonly INodeExecutionData[]
  readonly continueOnFail?: boolean
  readonly webhookUrl?: string
  /** Id of the node's webhook; default `1`. */
  readonly webhookId?: string
  /** `manual` while a workflow is tested; default `trigger`. */
  readonly mode?: 'manual' | 'trigger'
  readonly staticData?: Record<string, unknown>
  /** Nodes before this one. */
  readonly parents?: readonly { name: string; type: string }[]
  /** What expressions give. */
  readonly evaluate?: (expression: string) => unknown
}

/** A request that n8n was asked to make, as it came from the node: without credentials. */
export type AskedRequest = IHttpRequestOptions

export interface FakeN8n {
  readonly execute: IExecuteFunctions
  readonly load: ILoadOptionsFunctions
  readonly hook: IHookFunctions
  /** A delivery to the trigger; `status` has what it was answered with. */
  delivery(request: { headers: Record<string, string>; body: string; url?: string }): {
    context: IWebhookFunctions
    status(): number | undefined
    /** Text of the answer. */
    text(): string | undefined
  }
  readonly asked: AskedRequest[]
  readonly staticData: Record<string, unknown>
  /** What the node wrote to n8n's log. */
  readonly logged: string[]
  /** Until when the execution waits. */
  readonly waitsUntil: Date | undefined
}

const NODE = { id: 'node-1', name: 'Under Test', type: 'n8n-nodes-wamux.test', typeVersion: 1, parameters: {} }

let nodes = 0

/** As much of n8n as the nodes use, without n8n; the harness runs them with the real one. */
export function fakeN8n(setup: FakeSetup): FakeN8n {
  const asked: AskedRequest[] = []
  const staticData = setup.staticData ?? {}
  const logged: string[] = []
  let waitsUntil: Date | undefined
  // what a trigger remembers of its node is no other test's
  const id = `node-${++nodes}`
  const items = setup.items ?? [{ json: {} }]
  const parameter = (name: string, fallback: unknown, index = 0) => {
    const value = setup.parameters[name] ?? fallback
    return typeof value === 'function' ? (value as (index: number) => unknown)(index) : value
  }

  async function request(given: IHttpRequestOptions, authenticated: boolean): Promise<unknown> {
    if (authenticated) asked.push(given)
    // a node is authenticated with the credential of its first item
    const sent = (authenticated && (await setup.credentialType.authenticate?.(credentialsOf(setup, 0), given))) || given
    const { headers = {}, qs = {} } = sent
    const url = new URL(sent.url)
    for (const [name, value] of Object.entries(qs)) url.searchParams.append(name, String(value))
    const body = sent.body as BodyInit | undefined
    const init = { method: sent.method ?? 'GET', headers: headers as Record<string, string> }
    const response = await setup.fetch(new Request(url, body === undefined ? init : { ...init, body }))
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) }
  }

  const base = {
    getNode: () => ({ ...NODE, id, webhookId: setup.webhookId ?? '1' }),
    logger: { warn: (message: string) => logged.push(message) },
    getCredentials: async (_type: string, index = 0) => credentialsOf(setup, index),
    getWorkflow: () => ({ id: 'workflow-1', active: true }),
    getMode: () => setup.mode ?? 'trigger',
    getWorkflowStaticData: () => staticData,
    getNodeWebhookUrl: () => setup.webhookUrl,
    getNodeParameter: (name: string, fallback: unknown) => parameter(name, fallback),
    helpers: {
      httpRequest: (options: IHttpRequestOptions) => request(options, false),
      httpRequestWithAuthentication: (_type: string, options: IHttpRequestOptions) => request(options, true),
      async prepareBinaryData(data: Buffer, fileName?: string, mimeType?: string) {
        return { data: data.toString('base64'), fileName, mimeType }
      },
      assertBinaryData(index: number, field: string) {
        const binary = items[index]?.binary?.[field]
        if (!binary) throw new Error(`there is no binary field "${field}"`)
        return binary
      },
      async getBinaryDataBuffer(index: number, field: string) {
        return Buffer.from(items[index]?.binary?.[field]?.data ?? '', 'base64')
      },
    },
  }
  const execute = {
    ...base,
    getInputData: () => items,
    getNodeParameter: (name: string, index: number, fallback: unknown) => parameter(name, fallback, index),
    continueOnFail: () => setup.continueOnFail ?? false,
    getExecutionCancelSignal: () => undefined,
    getParentNodes: () => setup.parents ?? [],
    evaluateExpression: (expression: string) => setup.evaluate?.(expression),
    getSignedResumeUrl: () => 'https://n8n.test/webhook-waiting/1?signature=s',
    putExecutionToWait: async (until: Date) => {
      waitsUntil = until
    },
  }
  return {
    execute: execute as unknown as IExecuteFunctions,
    load: base as unknown as ILoadOptionsFunctions,
    hook: base as unknown as IHookFunctions,
    delivery({ headers, body, url = '/webhook/1/webhook' }) {
      let answered: number | undefined
      let said: string | undefined
      const end = (code: number) => (text?: string) => {
        answered = code
        said = text
      }
      const response = { status: (code: number) => ({ end: end(code) }) }
      const context = { ...base, getRequestObject: () => ({ headers, url, rawBody: Buffer.from(body) }), getResponseObject: () => response }
      return { context: context as unknown as IWebhookFunctions, status: () => answered, text: () => said }
    },
    asked,
    staticData,
    logged,
    get waitsUntil() {
      return waitsUntil
    },
  }
}

function credentialsOf({ credentials }: FakeSetup, index: number): ICredentialDataDecryptedObject {
  return typeof credentials === 'function' ? credentials(index) : credentials
}

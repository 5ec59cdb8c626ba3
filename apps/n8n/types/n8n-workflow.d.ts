/**
 * The part of n8n-workflow's types that is used here. The package itself is no dependency of the workspace: it is large and under
 * n8n's own licence. `pnpm scan` checks the same code against the real types.
 */
declare module 'n8n-workflow' {
  export type GenericValue = string | object | number | boolean | undefined | null
  export interface IDataObject {
    [key: string]: GenericValue | IDataObject | GenericValue[] | IDataObject[]
  }
  export type JsonObject = { [key: string]: unknown }
  type IconFile = `file:${string}`
  export type Icon = IconFile | { light: IconFile; dark: IconFile }
  export type NodeParameterValueType = unknown

  export interface INode {
    id: string
    name: string
    type: string
    typeVersion: number
    parameters: IDataObject
    webhookId?: string
    credentials?: Record<string, { id: string | null; name: string }>
  }

  export const NodeConnectionTypes: { readonly Main: 'main' }
  export type NodeConnectionType = 'main'

  export interface IDisplayOptions {
    show?: { [key: string]: GenericValue[] | undefined }
    hide?: { [key: string]: GenericValue[] | undefined }
  }

  export interface INodePropertyTypeOptions {
    multipleValues?: boolean
    multipleValueButtonText?: string
    minValue?: number
    maxValue?: number
    numberPrecision?: number
    password?: boolean
    rows?: number
    searchListMethod?: string
    searchable?: boolean
    searchFilterRequired?: boolean
    slowLoadNotice?: { message: string; timeout: number }
  }

  export interface INodePropertyOptions {
    name: string
    value: string | number | boolean
    action?: string
    description?: string
    displayOptions?: IDisplayOptions
  }

  export interface INodePropertyCollection {
    displayName: string
    name: string
    values: INodeProperties[]
  }

  export interface INodePropertyMode {
    displayName: string
    name: string
    type: 'string' | 'list'
    hint?: string
    placeholder?: string
    typeOptions?: INodePropertyTypeOptions
    validation?: { type: 'regex'; properties: { regex: string; errorMessage: string } }[]
  }

  export type NodePropertyTypes =
    | 'boolean'
    | 'collection'
    | 'color'
    | 'dateTime'
    | 'fixedCollection'
    | 'hidden'
    | 'json'
    | 'multiOptions'
    | 'notice'
    | 'number'
    | 'options'
    | 'resourceLocator'
    | 'string'

  export interface INodeProperties {
    displayName: string
    name: string
    type: NodePropertyTypes
    default: unknown
    required?: boolean
    noDataExpression?: boolean
    description?: string
    hint?: string
    placeholder?: string
    typeOptions?: INodePropertyTypeOptions
    displayOptions?: IDisplayOptions
    options?: (INodePropertyOptions | INodeProperties | INodePropertyCollection)[]
    modes?: INodePropertyMode[]
  }

  export interface IWebhookDescription {
    name: 'default' | 'setup'
    httpMethod: 'GET' | 'POST'
    responseMode?: 'onReceived'
    path: string
    isFullPath?: boolean
    restartWebhook?: boolean
  }

  export interface INodeTypeDescription {
    displayName: string
    name: string
    icon?: Icon
    group: ('input' | 'output' | 'organization' | 'schedule' | 'transform' | 'trigger')[]
    version: number | number[]
    subtitle?: string
    description: string
    defaults: { name: string }
    inputs: NodeConnectionType[]
    outputs: NodeConnectionType[] | `={{${string}}}`
    credentials?: { name: string; required?: boolean; displayOptions?: IDisplayOptions }[]
    properties: INodeProperties[]
    webhooks?: IWebhookDescription[]
    usableAsTool?: true
    waitingNodeTooltip?: string
  }

  export interface ICredentialDataDecryptedObject {
    [key: string]: unknown
  }

  export type IHttpRequestMethods = 'DELETE' | 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'PUT'

  export interface IHttpRequestOptions {
    url: string
    baseURL?: string
    method?: IHttpRequestMethods
    headers?: IDataObject
    qs?: IDataObject
    body?: unknown
    encoding?: 'arraybuffer'
    json?: boolean
    returnFullResponse?: boolean
    ignoreHttpStatusErrors?: boolean
    disableFollowRedirect?: boolean
    skipSslCertificateValidation?: boolean
    timeout?: number
    abortSignal?: AbortSignal
  }

  export type IAuthenticate = (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions) => Promise<IHttpRequestOptions>

  export interface ICredentialTestRequest {
    request: { baseURL?: string; url: string; method?: string; qs?: IDataObject; skipSslCertificateValidation?: string | boolean }
  }

  export interface ICredentialType {
    name: string
    displayName: string
    icon?: Icon
    documentationUrl?: string
    properties: INodeProperties[]
    authenticate?: IAuthenticate
    test?: ICredentialTestRequest
  }

  export interface IBinaryData {
    data: string
    mimeType: string
    fileName?: string
  }

  export interface INodeExecutionData {
    json: IDataObject
    binary?: Record<string, IBinaryData>
    error?: NodeApiError | NodeOperationError
    pairedItem?: { item: number }
  }

  export interface RequestHelperFunctions {
    httpRequest(options: IHttpRequestOptions): Promise<unknown>
    httpRequestWithAuthentication(this: unknown, credentialsType: string, options: IHttpRequestOptions): Promise<unknown>
  }

  export interface Logger {
    warn(message: string, meta?: object): void
  }

  export interface FunctionsBase {
    logger: Logger
    getNode(): INode
    getCredentials<T extends object = ICredentialDataDecryptedObject>(type: string, itemIndex?: number): Promise<T>
  }

  export interface IExecuteFunctions extends FunctionsBase {
    getInputData(): INodeExecutionData[]
    getNodeParameter(name: string, itemIndex: number, fallback?: unknown, options?: { extractValue?: boolean }): unknown
    continueOnFail(): boolean
    getExecutionCancelSignal(): AbortSignal | undefined
    getParentNodes(name: string): { name: string; type: string }[]
    evaluateExpression(expression: string, itemIndex: number): unknown
    getSignedResumeUrl(parameters?: Record<string, string>): string
    putExecutionToWait(until: Date): Promise<void>
    helpers: RequestHelperFunctions & {
      assertBinaryData(itemIndex: number, property: string): IBinaryData
      getBinaryDataBuffer(itemIndex: number, property: string): Promise<Buffer>
      prepareBinaryData(data: Buffer, fileName?: string, mimeType?: string): Promise<IBinaryData>
    }
  }

  export interface ILoadOptionsFunctions extends FunctionsBase {
    getNodeParameter(name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown
    helpers: RequestHelperFunctions
  }

  export interface IHookFunctions extends FunctionsBase {
    getNodeParameter(name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown
    getNodeWebhookUrl(name: string): string | undefined
    getWorkflowStaticData(type: 'global' | 'node'): IDataObject
    getWorkflow(): { id?: string; name?: string; active: boolean }
    getMode(): string
    helpers: RequestHelperFunctions
  }

  export interface IWebhookFunctions extends FunctionsBase {
    getNodeParameter(name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown
    getWorkflowStaticData(type: 'global' | 'node'): IDataObject
    getHeaderData(): Record<string, string | string[] | undefined>
    getBodyData(): IDataObject
    getMode(): string
    getRequestObject(): {
      rawBody?: Buffer
      readRawBody?: () => Promise<void>
      headers: Record<string, string | string[] | undefined>
      method?: string
      url: string
    }
    getResponseObject(): { status(code: number): { end(text?: string): unknown }; setHeader(name: string, value: string): unknown }
    getWorkflow(): { id?: string; name?: string; active: boolean }
    helpers: RequestHelperFunctions & {
      returnJsonArray(data: IDataObject | IDataObject[]): INodeExecutionData[]
      prepareBinaryData(data: Buffer, fileName?: string, mimeType?: string): Promise<IBinaryData>
    }
  }

  export interface IWebhookResponseData {
    workflowData?: INodeExecutionData[][]
    noWebhookResponse?: boolean
    webhookResponse?: unknown
  }

  export interface INodeListSearchItems {
    name: string
    value: string | number | boolean
    url?: string
    description?: string
  }

  export interface INodeListSearchResult {
    results: INodeListSearchItems[]
    paginationToken?: unknown
  }

  export interface INodeType {
    description: INodeTypeDescription
    execute?(this: IExecuteFunctions): Promise<INodeExecutionData[][]>
    webhook?(this: IWebhookFunctions): Promise<IWebhookResponseData>
    methods?: {
      listSearch?: {
        [name: string]: (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>
      }
    }
    webhookMethods?: { default: { [name in 'checkExists' | 'create' | 'delete']: (this: IHookFunctions) => Promise<boolean> } }
  }

  export interface ErrorOptions {
    message?: string
    description?: string
    httpCode?: string
    itemIndex?: number
    level?: 'info' | 'warning' | 'error'
  }

  export class NodeApiError extends Error {
    constructor(node: INode, errorResponse: JsonObject, options?: ErrorOptions)
    description: string | null | undefined
    httpCode: string | null
    context: IDataObject
  }

  export class NodeOperationError extends Error {
    constructor(node: INode, error: Error | string, options?: ErrorOptions)
    description: string | null | undefined
    context: IDataObject
  }

  export function sleep(ms: number): Promise<void>
}

/** The parts of n8n that the harness touches; n8n's own types are installed apart from the workspace. */

export type Json = Record<string, unknown>

export interface Property {
  readonly displayName: string
  readonly name: string
  readonly type: string
  readonly default?: unknown
  readonly required?: boolean
  readonly description?: string
  readonly typeOptions?: { readonly multipleValues?: boolean; readonly loadOptionsMethod?: string }
  readonly displayOptions?: { readonly show?: Json; readonly hide?: Json }
  /** Of `options`: what can be chosen; of a collection: its fields; of a fixedCollection: its groups. */
  readonly options?: readonly (Property | Choice | Group)[]
  /** Of a resource locator. */
  readonly modes?: readonly { readonly name: string; readonly typeOptions?: { readonly searchListMethod?: string } }[]
}

export interface Choice {
  readonly name: string
  readonly value: string | number | boolean
  readonly action?: string
  readonly description?: string
}

export interface Group {
  readonly displayName: string
  readonly name: string
  readonly values: readonly Property[]
}

export interface NodeDescription {
  readonly name: string
  readonly displayName: string
  readonly version: number | readonly number[]
  readonly properties: readonly Property[]
  readonly credentials?: readonly { readonly name: string; readonly displayOptions?: Property['displayOptions'] }[]
  readonly usableAsTool?: unknown
  readonly group: readonly string[]
}

export interface NodeType {
  readonly description: NodeDescription
  execute?(this: unknown): Promise<Item[][]>
  webhook?(this: unknown): Promise<unknown>
  readonly methods?: Record<string, Record<string, (this: unknown, ...given: unknown[]) => Promise<unknown>>>
}

export interface CredentialType {
  readonly name: string
  readonly displayName: string
  readonly properties: readonly Property[]
  readonly authenticate?: { readonly type: 'generic'; readonly properties: Record<string, Json> }
  readonly test?: { readonly request: Json }
}

/** What flows between nodes. */
export interface Item {
  readonly json: Json
  readonly binary?: Record<string, { readonly data: string; readonly mimeType: string; readonly fileName?: string }>
  readonly pairedItem?: unknown
  readonly error?: unknown
}

export interface RunError {
  readonly name: string
  readonly message: string
  readonly description?: string | null
  readonly httpCode?: string | null
  readonly context?: Json
}

/** How a workflow ended. */
export interface Run {
  readonly status: string
  readonly error?: RunError
  /** Items of a node's first output. */
  itemsOf(node: string): readonly Item[]
  /** Items of each of a node's outputs. */
  outputsOf(node: string): readonly (readonly Item[])[]
  /** The error of one node. */
  errorOf(node: string): RunError | undefined
}

export interface WorkflowNode {
  readonly name: string
  readonly type: string
  readonly typeVersion?: number
  readonly parameters: Json
  readonly credentials?: Record<string, { id: string; name: string }>
  readonly onError?: 'continueErrorOutput' | 'continueRegularOutput' | 'stopWorkflow'
}

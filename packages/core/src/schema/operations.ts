/** What repeating an operation does; decides retries, confirmation and defaults. Never derived from the HTTP method. */
export type Safety = 'read' | 'converge' | 'create' | 'send' | 'danger'

/**
 * Who is touched when an operation runs. `nobody`: only this account notices. `others`: other people see it or receive something.
 * `access`: somebody gains access to the account or the server, or is handed its data.
 */
export type Audience = 'nobody' | 'others' | 'access'

/** How an operation is known: seen by method and path, by its name in a vendor's node, or concluded from siblings. */
export type Evidence = 'verified' | 'node-label' | 'inferred'

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The part of a JSON Schema that input checking, CLI flags and n8n fields need. */
export interface Shape {
  /** `binary` is raw bytes; `any` accepts everything. Several types mean a union of primitives. */
  readonly type: ShapeType | readonly ShapeType[]
  readonly enum?: readonly (string | number | boolean)[]
  /** `byte` (base64 text), `uri`, `date-time`, ...: a hint, never enforced. */
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  /** Documentation of what the vendor assumes; wamux never sends it. */
  readonly default?: unknown
  readonly nullable?: true
  /** Of an array. */
  readonly items?: Shape
  /** Of an object with known fields; extra fields are accepted. */
  readonly fields?: readonly Field[]
  /** Of an object used as a map. */
  readonly values?: Shape
  /** The value has to fit at least one of these. */
  readonly oneOf?: readonly Shape[]
}

export type ShapeType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'binary' | 'any'

export interface Field extends Shape {
  /** The name on the wire, literally: `filter.timestamp.lte`, `file[url]`. */
  readonly name: string
  readonly required?: true
  readonly about?: string
  /** Only where weaker than the operation's. */
  readonly evidence?: Evidence
  readonly secret?: true
  readonly deprecated?: true
}

export interface Parameter extends Field {
  readonly in: 'path' | 'query' | 'header'
  /** A query array written as one comma separated value instead of repeated names. */
  readonly comma?: true
}

/** One media type a request body may have. */
export interface BodyKind {
  /** `application/json`, `multipart/form-data`, ... */
  readonly content: string
  /** The body is an object: its fields are part of the flat input. */
  readonly fields?: readonly Field[]
  /** The body is something else: the flat input has it as `body`. */
  readonly shape?: Shape
}

export interface Operation {
  /** `sessions.stop` */
  readonly id: string
  /** Name of the resource (the document's tag): `sessions` */
  readonly resource: string
  /** What people read: `Stop Session` */
  readonly label: string
  /** What it does, one line. */
  readonly about: string
  /** What to mind, where something bites. */
  readonly note?: string
  readonly method: HttpMethod
  /** Template below the base URL: `/api/sessions/{session}/stop` */
  readonly path: string
  readonly safety: Safety
  readonly audience: Audience
  readonly evidence: Evidence
  readonly parameters?: readonly Parameter[]
  readonly body?: { readonly required: boolean; readonly kinds: readonly BodyKind[] }
  /** Media types of successful answers; empty when there is no body. */
  readonly produces: readonly string[]
  /** The whole successful answer is secret: keys, settings of the server, a memory snapshot. */
  readonly secretAnswer?: true
  /** Names of fields in successful answers, at any depth, whose values are secret. */
  readonly secretFields?: readonly string[]
  /** First version of the gateway that has it, where older ones are still in use: `2026.8.2` */
  readonly since?: string
  /** The portable verb that this operation is: `session.stop` */
  readonly capability?: string
  readonly deprecated?: true
  /** Engines it works on, where not on all. */
  readonly engines?: readonly string[]
  /** Other methods that do the same on this path. */
  readonly alternateMethods?: readonly HttpMethod[]
  /** The document's operation that this action is one kind of. */
  readonly variantOf?: string
  /** Names that stand both in path or query and in the body and take one value. */
  readonly shared?: readonly string[]
}

export interface Resource {
  readonly name: string
  readonly label: string
  readonly about?: string
}

/** Everything a gateway can do, as data; generated from its OpenAPI document. */
export interface OperationTable {
  readonly resources: readonly Resource[]
  readonly operations: Readonly<Record<string, Operation>>
}

/** The little that is needed to perform one operation; generated one by one, so that bundlers keep only those in use. */
export interface Route<Types = unknown> {
  readonly id: string
  readonly method: HttpMethod
  readonly path: string
  readonly safety: Safety
  /** Query arrays written comma separated. */
  readonly comma?: readonly string[]
  /** Body field names, at any depth, whose values are secret. */
  readonly secrets?: readonly string[]
  /** Type only: the operation's entry in the generated `operations` interface. */
  readonly types?: Types
}

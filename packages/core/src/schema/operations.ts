/**
 * What happens when an operation runs twice. `read`: nothing changes. `converge`: the second run changes nothing more. `create`: a second
 * thing is made. `send`: a second message goes out. `danger`: it destroys what cannot be restored, or stops the server. It decides
 * retries, confirmation and defaults, and is never derived from the HTTP method.
 */
export type Safety = 'read' | 'converge' | 'create' | 'send' | 'danger'

/**
 * Who is touched when an operation runs. `nobody`: only this account notices. `others`: other people see it or receive something.
 * `access`: somebody gains access to the account or the server, or is handed its data.
 */
export type Audience = 'nobody' | 'others' | 'access'

/**
 * How an operation is known. `verified`: method and path were seen. `node-label`: only its name in a vendor's n8n node was seen.
 * `inferred`: concluded from similar operations.
 */
export type Evidence = 'verified' | 'node-label' | 'inferred'

/** HTTP methods that operations use. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The part of a JSON Schema that input checking, CLI flags and n8n fields need. */
export interface Shape {
  /** Several types mean that any of them is accepted. */
  readonly type: ShapeType | readonly ShapeType[]
  /** The accepted values. */
  readonly enum?: readonly (string | number | boolean)[]
  /** `byte` (base64 text), `uri`, `date-time`, ...: a hint, never enforced. */
  readonly format?: string
  /** Regular expression that a text has to match, with the `u` flag. */
  readonly pattern?: string
  /** Smallest accepted number. */
  readonly minimum?: number
  /** Largest accepted number. */
  readonly maximum?: number
  /** Least characters of a text. */
  readonly minLength?: number
  /** Most characters of a text. */
  readonly maxLength?: number
  /** Least entries of a list. */
  readonly minItems?: number
  /** Most entries of a list. */
  readonly maxItems?: number
  /** Documentation of what the vendor assumes; wamux never sends it. */
  readonly default?: unknown
  /** `null` is accepted, too. */
  readonly nullable?: true
  /** The entries of a list. */
  readonly items?: Shape
  /** The known fields of an object; extra fields are accepted. */
  readonly fields?: readonly Field[]
  /** The values of an object that is used as a map. */
  readonly values?: Shape
  /** The value has to fit at least one of these. */
  readonly oneOf?: readonly Shape[]
}

/** The types of values that wamux can check. `integer` is a whole number, `binary` raw bytes, `any` everything. */
export type ShapeType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'binary' | 'any'

/** A named value within an object: a parameter, or a field of a body. */
export interface Field extends Shape {
  /** The name on the wire, literally: `filter.timestamp.lte`, `file[url]`. */
  readonly name: string
  /** A request without it is refused before it is sent. */
  readonly required?: true
  /** What it is, one sentence. */
  readonly about?: string
  /** How the field is known. Set only where it is known less well than its operation. */
  readonly evidence?: Evidence
  /** Its value is hidden in errors, logs and URLs. */
  readonly secret?: true
  /** Where it is true, the call does what cannot be undone, although its operation alone does not. */
  readonly danger?: true
  /** The vendor advises against using it. */
  readonly deprecated?: true
}

/** An input of an operation that is not part of its body. */
export interface Parameter extends Field {
  /** Where it goes in the HTTP request. */
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

/** One operation of a gateway: what it does, how to call it, and what it takes. */
export interface Operation {
  /** `sessions.stop` */
  readonly id: string
  /** Name of the resource (the document's tag): `sessions` */
  readonly resource: string
  /** What people read: `Stop Session` */
  readonly label: string
  /** What it does, one line. */
  readonly about: string
  /** A warning for callers, where the operation has a pitfall. */
  readonly note?: string
  /** HTTP method of the request. */
  readonly method: HttpMethod
  /** Template below the base URL: `/api/sessions/{session}/stop` */
  readonly path: string
  /** What repeating it does. */
  readonly safety: Safety
  /** Who notices that it ran. */
  readonly audience: Audience
  /** How the operation is known. */
  readonly evidence: Evidence
  /** Inputs in path, query and headers. */
  readonly parameters?: readonly Parameter[]
  /** The request body: whether it must be there, and the media types it may have. */
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
  /** The vendor advises against using it. */
  readonly deprecated?: true
  /** Engines it works on, where not on all. */
  readonly engines?: readonly string[]
  /** Other methods that do the same on this path. */
  readonly alternateMethods?: readonly HttpMethod[]
  /** Id of the operation in the vendor's document, where this one is one of several uses of it. */
  readonly variantOf?: string
  /** Names of inputs that go into the path or query and into the body with the same value. */
  readonly shared?: readonly string[]
}

/** A group of operations: a tag of the OpenAPI document. */
export interface Resource {
  /** Its name: `sessions`. */
  readonly name: string
  /** What people read: `Sessions`. */
  readonly label: string
  /** What it is, one sentence. */
  readonly about?: string
}

/** Everything a gateway can do, as data; generated from its OpenAPI document. */
export interface OperationTable {
  /** Groups of operations, in the order of the document. */
  readonly resources: readonly Resource[]
  /** Operations by id. */
  readonly operations: Readonly<Record<string, Operation>>
}

/** What sending one operation needs. Generated one by one, so that bundlers keep only the operations in use. */
export interface Route<Types = unknown> {
  /** Operation id: `sessions.stop`. */
  readonly id: string
  /** HTTP method. */
  readonly method: HttpMethod
  /** Template below the base URL: `/api/sessions/{session}/stop`. */
  readonly path: string
  /** Decides whether it may be repeated. */
  readonly safety: Safety
  /** Query arrays written comma separated. */
  readonly comma?: readonly string[]
  /** Body field names, at any depth, whose values are secret. */
  readonly secrets?: readonly string[]
  /** Names of inputs that make the call one that cannot be undone, where they are on. */
  readonly danger?: readonly string[]
  /** Type only: the operation's entry in the generated `operations` interface. */
  readonly types?: Types
}

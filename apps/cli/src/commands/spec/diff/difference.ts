import type { Place } from '../openapi/model.ts'

/** What a difference is about. */
export type Kind = 'operation' | 'deprecated' | 'status' | 'parameter' | 'field' | 'required' | 'enum' | 'type'

/** From the vendor's side: `added` is only in the vendor's document, `removed` only in ours. */
export type Change = 'added' | 'removed' | 'changed'

/** One difference between two documents. */
export interface Difference {
  readonly change: Change
  readonly kind: Kind
  /** `POST /api/sendText`, as our document writes it where it has it. */
  readonly operation: string
  /** Where in the request the parameter or field stands, or `answer`. */
  readonly in?: Place
  /** The parameter or field; of an enum with its value: `type=gif` */
  readonly name?: string
  readonly ours?: string
  readonly theirs?: string
}

/** What a comparison looks at. */
export type Aspect = 'operations' | 'parameters' | 'enums' | 'types'

/** All of them. */
export const ASPECTS: readonly Aspect[] = ['operations', 'parameters', 'enums', 'types']

/** The default. Types are left out, because they are often wrong in vendors' documents. */
export const DEFAULT_ASPECTS: readonly Aspect[] = ['operations', 'parameters', 'enums']

/** Which aspect a kind of difference belongs to. */
export const ASPECT_OF: Readonly<Record<Kind, Aspect>> = {
  operation: 'operations',
  deprecated: 'operations',
  status: 'operations',
  parameter: 'parameters',
  field: 'parameters',
  required: 'parameters',
  enum: 'enums',
  type: 'types',
}

import type { Placed } from './control.ts'

/** Something in the node's own parameters does not fit; nothing was sent. */
export class InvalidParameter extends Error {
  override readonly name = 'InvalidParameter'
  /** Wire name of the input. */
  readonly field: string

  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

/** The error for a control that is not filled in as it has to be. */
export function invalid({ path, name }: Pick<Placed, 'path' | 'name'>, expected: string): InvalidParameter {
  const field = path.join('.') || name
  return new InvalidParameter(field, `${field}: ${expected}`)
}

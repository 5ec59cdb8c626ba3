import { GatewayError, invalidInput } from '../errors/gateway-error.ts'

/** A text that has to be there. @param most characters @throws GatewayError `invalid_request` */
export function textInput(value: unknown, field: string, most: number = Number.POSITIVE_INFINITY): string {
  if (typeof value !== 'string' || value === '') throw invalidInput(field, 'required, expected text')
  if (value.length > most) throw invalidInput(field, `expected text of at most ${most} characters`)
  return value
}

/** A number within bounds. @throws GatewayError `invalid_request` */
export function numberInput(value: unknown, field: string, least: number, most: number): number {
  if (typeof value !== 'number' || !(value >= least && value <= most)) throw invalidInput(field, `expected a number of ${least} to ${most}`)
  return value
}

/** A list with a length within bounds. @throws GatewayError `invalid_request` */
export function listInput<Item>(
  value: readonly Item[],
  field: string,
  least: number = 1,
  most: number = Number.POSITIVE_INFINITY,
): readonly Item[] {
  if (!Array.isArray(value) || value.length < least || value.length > most) {
    throw invalidInput(
      field,
      `expected a list of ${most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`} entries`,
    )
  }
  return value
}

/** For what a gateway cannot be given although the verb knows it; to be thrown before anything is sent. @param reason why, as a sentence */
export function unsupportedInput(gateway: { readonly id: string; readonly name: string }, field: string, reason: string): GatewayError {
  return new GatewayError(`${gateway.name}: ${field}: ${reason}`, { kind: 'unsupported', gateway: gateway.id, field })
}

/** Yes or no. @throws GatewayError `invalid_request` */
export function flagInput(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean') throw invalidInput(field, 'required, expected true or false')
  return value
}

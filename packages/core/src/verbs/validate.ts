import { GatewayError, invalidInput } from '../errors/gateway-error.ts'

/**
 * Checks a required text.
 *
 * @param value what the caller gave
 * @param field input field to name in the error
 * @param most most characters. Default: no limit
 * @returns the text
 * @throws {GatewayError} `invalid_request`: it is missing, not a text, empty or too long
 */
export function textInput(value: unknown, field: string, most: number = Number.POSITIVE_INFINITY): string {
  if (typeof value !== 'string' || value === '') throw invalidInput(field, 'required, expected text')
  if (value.length > most) throw invalidInput(field, `expected text of at most ${most} characters`)
  return value
}

/**
 * Checks a number within bounds.
 *
 * @param value what the caller gave
 * @param field input field to name in the error
 * @param least smallest accepted number
 * @param most largest accepted number
 * @returns the number
 * @throws {GatewayError} `invalid_request`: it is not a number within these bounds
 */
export function numberInput(value: unknown, field: string, least: number, most: number): number {
  if (typeof value !== 'number' || !(value >= least && value <= most)) throw invalidInput(field, `expected a number of ${least} to ${most}`)
  return value
}

/**
 * Checks a list whose length has bounds.
 *
 * @param value what the caller gave
 * @param field input field to name in the error
 * @param least least number of items
 * @param most most number of items
 * @returns the list
 * @throws {GatewayError} `invalid_request`: it is not a list of such a length
 */
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

/**
 * Makes the error for an input that the verb has and this gateway cannot process. To be thrown before anything is sent.
 *
 * @param gateway plugin id and display name
 * @param field name of the input field
 * @param reason why, as a sentence
 * @returns an `unsupported` error for the caller to throw
 */
export function unsupportedInput(gateway: { readonly id: string; readonly name: string }, field: string, reason: string): GatewayError {
  return new GatewayError(`${gateway.name}: ${field}: ${reason}`, { kind: 'unsupported', gateway: gateway.id, field })
}

/**
 * Checks true or false.
 *
 * @param value what the caller gave
 * @param field input field to name in the error
 * @returns the value
 * @throws {GatewayError} `invalid_request`: it is neither true nor false
 */
export function flagInput(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean') throw invalidInput(field, 'required, expected true or false')
  return value
}

/**
 * Checks an http(s) address. Where it leads is not checked, and nothing is sent there.
 *
 * @param value what the caller gave
 * @param field input field to name in the error
 * @returns the address, as it was given
 * @throws {GatewayError} `invalid_request`: it is not an absolute http or https URL
 */
export function httpUrlInput(value: unknown, field: string): string {
  const protocol = typeof value === 'string' && URL.canParse(value) && new URL(value).protocol
  if (protocol !== 'http:' && protocol !== 'https:') throw invalidInput(field, 'expected an http(s) address')
  return value as string
}

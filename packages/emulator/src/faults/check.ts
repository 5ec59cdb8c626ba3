import { EmulatorError } from '../errors.ts'
import type { GatewayId } from '../sessions/session.ts'
import type { Values } from './account.ts'
import { concerns, type FaultKind, type FaultValue } from './kinds.ts'

const GATEWAYS: readonly GatewayId[] = ['waha', 'wawp', 'warest', 'sparkbot']

type Input = Readonly<Record<string, unknown>>

/**
 * Checks what was chosen for a fault, and adds what was left out.
 *
 * @param others further fields that the input may have
 * @throws {EmulatorError} `invalid`: names the field and what was expected
 */
export function valuesFor(kind: FaultKind, input: Input, others: readonly string[]): Values {
  const known = kind.values.map(({ field }) => field)
  for (const [field, value] of Object.entries(input)) {
    if (value === undefined || known.includes(field) || others.includes(field)) continue
    throw new EmulatorError('invalid', `${field}: ${kind.name} has ${[...known, ...others].join(', ')}`)
  }
  return Object.fromEntries(kind.values.flatMap((value) => chosen(value, input[value.field])))
}

function chosen({ field, type, usual, least, most, about }: FaultValue, given: unknown): [string, number | string][] {
  if (given === undefined || given === null || given === '') return usual === undefined ? [] : [[field, usual]]
  if (type === 'text') {
    if (typeof given !== 'string') throw new EmulatorError('invalid', `${field}: expected text: ${about}`)
    return [[field, given]]
  }
  const fits = typeof given === 'number' && Number.isFinite(given) && given >= (least ?? given) && given <= (most ?? given)
  if (fits) return [[field, given]]
  const range = most === undefined ? `${least ?? 0} or more` : `${least ?? 0} to ${most}`
  throw new EmulatorError('invalid', `${field}: expected a number, ${range}: ${about}`)
}

/**
 * The gateway of a fault, or none for all.
 *
 * @throws {EmulatorError} `invalid`: there is no such gateway, or it shows nothing of this fault
 */
export function gatewayFor(kind: FaultKind, given: unknown): GatewayId | undefined {
  const concerned = GATEWAYS.filter((gateway) => concerns(kind, gateway))
  if (given === undefined || given === null) return concerned.length === 1 ? concerned[0] : undefined
  const gateway = GATEWAYS.find((one) => one === given)
  if (!gateway) throw new EmulatorError('invalid', `gateway: expected one of ${GATEWAYS.join(', ')}`)
  const answer = kind.gateways[gateway]
  if ('absent' in answer) {
    throw new EmulatorError(
      'invalid',
      `gateway: ${gateway} shows nothing of ${kind.name}, ${concerned.join(', ')} do${concerned.length === 1 ? 'es' : ''}. ${answer.absent}`,
    )
  }
  return gateway
}

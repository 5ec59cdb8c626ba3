import type { EmulatorControl, FaultKind, GatewayId } from '@wamux/emulator'
import type { Context } from '../../command/context.ts'
import { numberIn, parseDuration } from '../../command/values.ts'
import { didYouMean } from '../../errors/did-you-mean.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { DEFAULT_EMULATOR, originWithNamespace } from '../../gateway/emulator-origin.ts'
import { baseUrlVariable } from '../../gateway/variables.ts'

const GATEWAYS: readonly GatewayId[] = ['waha', 'wawp', 'warest', 'sparkbot']
const DEADLINE_MS = 10_000

/** The control of the emulator that a command line means, and where it is. */
export interface Steered {
  readonly control: EmulatorControl
  readonly origin: string
}

/**
 * Connects to the control of the emulator: the one of `--url`, else of the gateway variables, else the usual one.
 *
 * @throws UsageError when the address is none
 */
export async function steer(context: Context): Promise<Steered> {
  const { values, plugins, signal } = context
  const file = plugins.exportedFile('@wamux/emulator', '.', 'The emulator')
  const { connectControl } = (await import(file)) as typeof import('@wamux/emulator')
  const origin = addressOf(context)
  const until = AbortSignal.any([signal, AbortSignal.timeout(values.ms('timeout') ?? DEADLINE_MS)])
  const control = connectControl(origin, (address, init) =>
    fetch(address, { ...init, signal: until }).catch(() => {
      throw new UsageError(`There is no emulator at ${origin}.`, 'Start one in another terminal: wamux emulate')
    }),
  )
  return { control, origin }
}

/** Origin of the emulator that a command line means, with its namespace: `--url`, else the gateway variables, else the usual one. @throws UsageError */
export function addressOf(context: Context): string {
  const { values, terminal } = context
  const asked = gatewayOf(context)
  const named = GATEWAYS.filter((id) => asked === undefined || asked === id).map((id) => terminal.env[baseUrlVariable(id)])
  const url = values.text('url') ?? named.find((one) => one) ?? DEFAULT_EMULATOR
  if (!URL.canParse(url)) throw new UsageError(`"${url}" is no URL.`)
  return originWithNamespace(url)
}

/** Does something with the control; what it refuses is an error of the command line. */
export async function refusable<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && error.name === 'EmulatorError') throw new UsageError(`${error.message.replace(/\.$/, '')}.`)
    throw error
  }
}

/** The gateway of `--gateway`, if one is given. @throws UsageError for another one */
export function gatewayOf({ values }: Context): GatewayId | undefined {
  const asked = values.text('gateway')
  const found = GATEWAYS.find((one) => one === asked)
  if (asked !== undefined && !found) throw new UsageError(`The emulator has no gateway "${asked}".`, `It has ${GATEWAYS.join(', ')}.`)
  return found
}

/** A kind by its name or another word for it. @throws UsageError that names what is near */
export function kindOf(kinds: readonly FaultKind[], name: string, what: string): FaultKind {
  const found = kinds.find((kind) => kind.name === name || kind.also?.includes(name))
  if (found) return found
  const near = didYouMean(
    name,
    kinds.flatMap((kind) => [kind.name, ...(kind.also ?? [])]),
  )
  throw new UsageError(
    `There is no ${what} "${name}".`,
    near ? `Did you mean ${near}?` : `There is ${kinds.map((kind) => kind.name).join(', ')}.`,
  )
}

/**
 * Values for a fault: the first one alone, and those of `--set`.
 *
 * @throws UsageError for a name that it has not, or a number that is none
 */
export function chosenValues(kind: FaultKind, first: string | undefined, sets: readonly string[]): Record<string, number | string> {
  const [main] = kind.values
  if (first !== undefined && !main) throw new UsageError(`${kind.name} takes no value.`)
  const pairs = sets.map((text): [string, string] => {
    const at = text.indexOf('=')
    if (at < 1) throw new UsageError(`--set takes name=value, not "${text}".`)
    return [text.slice(0, at), text.slice(at + 1)]
  })
  const given = [...(first === undefined || !main ? [] : [[main.field, first] as [string, string]]), ...pairs]
  return Object.fromEntries(given.map(([field, text]) => [field, numberOrText(kind, field, text)]))
}

function numberOrText(kind: FaultKind, field: string, text: string): number | string {
  const value = kind.values.find((one) => one.field === field)
  if (!value) {
    const known = kind.values.map((one) => one.field).join(', ')
    throw new UsageError(`${kind.name} has no value "${field}".`, known === '' ? 'It has none.' : `It has ${known}.`)
  }
  if (value.type === 'text') return text
  const number = field.endsWith('Ms') ? parseDuration(text) : numberIn(text)
  if (number === undefined) throw new UsageError(`"${text}" is no number: ${field} is ${value.about}.`)
  return number
}

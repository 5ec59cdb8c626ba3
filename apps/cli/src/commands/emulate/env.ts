import type { Context } from '../../command/context.ts'
import { didYouMean } from '../../errors/did-you-mean.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { DEFAULT_EMULATOR } from '../../gateway/emulator-origin.ts'
import { shellQuote } from '../../print/shell-quote.ts'

const DEADLINE_MS = 5_000

/**
 * Prints lines to evaluate: `eval "$(wamux emulate env waha)"`. Without the name of a gateway those of all whose plugin is installed.
 *
 * @throws UsageError when no emulator is there: nothing is exported then
 */
export async function printEnv({ values, plugins, printResult, signal }: Context): Promise<undefined> {
  const { createEmulator } = (await import(
    plugins.exportedFile('@wamux/emulator', '.', 'The emulator')
  )) as typeof import('@wamux/emulator')
  const url = originOf(values.text('url') ?? DEFAULT_EMULATOR)
  const answer = await fetch(`${url}/_emulator/state`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(values.ms('timeout') ?? DEADLINE_MS)]),
  }).catch(() => undefined)
  if (!answer?.ok) throw new UsageError(`There is no emulator at ${url}.`, 'Start one in another terminal: wamux emulate')
  const emulator = createEmulator()
  emulator.close()
  const gateways = emulator.gatewaysAt(url)
  const chosen = chosenGateways(values.text('gateway'), Object.keys(gateways), (id) => plugins.isInstalled(id))
  const env = Object.assign({}, ...chosen.map((id) => gateways[id as keyof typeof gateways].env)) as Record<string, string>
  const lines = Object.entries(env).map(([name, value]) => `export ${name}=${shellQuote(value)}\n`)
  await printResult({ data: env, text: () => lines.join('') })
}

function chosenGateways(asked: string | undefined, known: readonly string[], isInstalled: (id: string) => boolean): readonly string[] {
  if (asked === undefined) return known.filter(isInstalled)
  if (known.includes(asked)) return [asked]
  const near = didYouMean(asked, known)
  throw new UsageError(`The emulator has no gateway "${asked}".`, near ? `Did you mean ${near}?` : `It has ${known.join(', ')}.`)
}

function originOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin
  throw new UsageError(`"${text}" is no http(s) address.`)
}

import { GatewayError } from '../errors/gateway-error.ts'
import type { VerbImplementations, Vocabulary } from '../vocabulary/index.ts'
import type { Manifest } from '../vocabulary/manifest.ts'

type AnyVerbs = Readonly<Record<string, (input: unknown, options: unknown) => unknown>>

/**
 * The verbs of one namespace, with their code loaded when the first of them is called. The manifest says which verbs there are; the
 * conformance suite compares it with the code.
 *
 * @param manifest of the gateway
 * @param namespace `session`, `message`, …
 * @param load gives the verbs: `async () => chatVerbs(context)` after an `import()`
 * @returns the verbs; they reject with a `network` error when their code could not be loaded, and nothing was sent
 */
export function lazyVerbs<Verbs extends object>(
  manifest: Manifest,
  namespace: keyof Vocabulary,
  load: () => Promise<VerbImplementations<Verbs>>,
): Verbs {
  let verbs: AnyVerbs | undefined
  let loading: Promise<AnyVerbs> | undefined
  const loaded = async () => {
    loading ??= load() as Promise<AnyVerbs>
    try {
      verbs = await loading
      return verbs
    } catch (cause) {
      // forgotten, so that the next call loads it again
      loading = undefined
      throw GatewayError.is(cause) ? cause : notLoaded(manifest, namespace, cause)
    }
  }
  const start = `${namespace}.`
  const names = Object.keys(manifest.capabilities).filter((id) => id.startsWith(start))
  const entries = names.map((id) => {
    const name = id.slice(start.length)
    return [name, async (input: unknown, options: unknown) => await (verbs ?? (await loaded()))[name]?.(input, options)]
  })
  return Object.fromEntries(entries) as Verbs
}

function notLoaded({ id, name }: Manifest, namespace: string, cause: unknown): GatewayError {
  return new GatewayError(`${name}: the code of ${namespace} could not be loaded; nothing was sent`, {
    kind: 'network',
    gateway: id,
    cause,
  })
}

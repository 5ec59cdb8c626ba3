import type { Capabilities, VerbImplementations, Vocabulary } from '../vocabulary/index.ts'
import type { Manifest } from '../vocabulary/manifest.ts'
import type { PluginContext } from './contract.ts'
import { lazyVerbs } from './lazy-verbs.ts'

/** A module of `src/capabilities/`: `message.ts` exports `messageVerbs`, which may be asynchronous. */
type VerbsModule<Namespace extends string, Verbs, Config> = {
  readonly [Name in `${Namespace}Verbs`]: (
    context: PluginContext<Config>,
  ) => VerbImplementations<Verbs> | Promise<VerbImplementations<Verbs>>
}

type Loaders<C, Config> = { readonly [N in keyof C & keyof Vocabulary]: () => Promise<VerbsModule<N, C[N], Config>> }

type AnyModule = VerbsModule<keyof Vocabulary, object, unknown>

/**
 * The verbs of several namespaces, each with its code loaded when the first of its verbs is called.
 *
 * @param manifest says which verbs each namespace has
 * @param context what the plugin's `create` got; it is passed to every `…Verbs` function
 * @param loaders for each namespace a function that imports its module of `src/capabilities/` dynamically
 * @returns one object of verbs for each namespace; the verbs reject with a `network` error when their code could not be loaded, and
 *   nothing was sent
 */
export function lazyNamespaces<C extends Capabilities, Config>(
  manifest: Manifest,
  context: PluginContext<Config>,
  loaders: Loaders<C, Config>,
): C {
  const anyContext = context as PluginContext<unknown>
  const entries = (Object.entries(loaders) as [keyof Vocabulary, () => Promise<AnyModule>][]).map(([namespace, load]) => {
    return [namespace, lazyVerbs<object>(manifest, namespace, async () => (await load())[`${namespace}Verbs`](anyContext))]
  })
  return Object.fromEntries(entries) as C
}

import type { Page, Paged, VerbId } from '@wamux/core'
import type { Context } from '../command/command.ts'
import { agreed } from '../command/confirm.ts'
import { accessTo, chooseTarget, connect } from '../gateway/connection.ts'
import { liveLine, showWaiting } from '../terminal/progress-line.ts'
import { wantsTrial } from '../request/captured-request.ts'
import { sourcesFrom } from '../command/read-sources.ts'
import { wordOf } from '../command/case.ts'
import { verbInput } from './input.ts'
import { type AnyVerbSpec, effectOf, type Follow, type View } from './verb-spec.ts'

type AnyVerb = (input: object, options: object) => Promise<unknown>

/** Runs one verb on the gateway that is meant. @throws GatewayError, or UsageError before anything is sent */
export async function runVerb(id: VerbId, spec: AnyVerbSpec, context: Context): Promise<number | undefined> {
  const { values, terminal, plugins, signal } = context
  const asked = values.text('gateway')
  const target = chooseTarget({ gateway: asked, profile: values.text('profile') }, terminal.env, plugins)
  const [core, plugin] = await Promise.all([import('@wamux/core'), plugins.open(target.gateway)])
  const { manifest } = plugin
  const session = values.text('session')
  const effect = effectOf(core.verbSafety[id] ?? 'send')
  const { profile } = target
  context.concerns({
    manifest,
    effect,
    title: wordsOf(id),
    ...(session === undefined ? {} : { session }),
    ...(profile === undefined ? {} : { profile }),
  })
  if (!(id in manifest.capabilities)) throw core.absent(manifest, id)
  const live = liveLine(terminal, values.is('verbose') || values.is('quiet'))
  const timeoutMs = spec.waits ? undefined : values.ms('timeout')
  const options = { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }), ...spec.options?.(live) }
  const input = { ...(await verbInput(spec.input, values, sourcesFrom(terminal.stdin))), ...spec.more?.(values, live) }

  if (wantsTrial(values)) {
    const { showTrial } = await import('../request/dry-run.ts')
    const secrets = secretFields(spec)
    const run = { plugin, target, secrets, context, composed: manifest.capabilities[id] === 'composed' }
    return showTrial(run, (gateway, ended) => (core.demand(gateway, id) as unknown as AnyVerb)(input, { ...options, signal: ended }))
  }

  const gateway = await connect(plugin, await accessTo(manifest, target, terminal.env), await context.wire())
  const verb = core.demand(gateway, id) as unknown as AnyVerb
  const danger = spec.danger?.(values)
  const ended = danger && (await agreed(danger, context))
  if (ended !== undefined) return ended

  const gatewayFlag = asked === undefined ? '' : ` --gateway ${manifest.id}`
  const { paint, columns, say } = context
  const view: View = { values, manifest, paint, columns, terminal, live, gatewayFlag, say }
  // a verb that tells how it goes needs no more
  const waited = spec.waits || spec.options ? live.clear : showWaiting(live, manifest.name)
  try {
    if ('limit' in spec.input) return await giveList(verb as never, input, options, spec, context, view)
    const result = await verb(input, options).finally(waited)
    if (spec.follow) {
      const call = (other: VerbId, given: object) => (core.demand(gateway, other) as unknown as AnyVerb)(given, { signal })
      const follow: Follow = { context, view, call: call as unknown as Follow['call'], has: (other) => other in manifest.capabilities }
      const code = await spec.follow(result, follow)
      if (code !== undefined) return code
    }
    const data = context.json && spec.show.data ? await spec.show.data(result, view) : result
    const rows = spec.show.rows?.(result)
    await context.give({ data, ...(rows ? { rows } : {}), text: () => spec.show.text(result, view) })
    return undefined
  } finally {
    waited()
  }
}

const MOST_AT_ONCE = 100

/** One page, so many items, or all of them. */
async function giveList(
  verb: (input: object, options: object) => Paged<unknown>,
  input: Record<string, unknown>,
  options: object,
  spec: AnyVerbSpec,
  context: Context,
  view: View,
): Promise<undefined> {
  const { values, wanted } = context
  const limit = input.limit as number | undefined
  const give = (page: Omit<Page<unknown>, 'raw'> & { readonly raw?: unknown }) =>
    context.give({ data: page, rows: page.items, text: () => spec.show.text(page, view) })
  if (!values.is('all') && limit === undefined) {
    const page = await verb(input, options)
    await give(page)
    if (page.next !== undefined && !context.json) context.say(`There is more: --all, or --cursor ${page.next}`)
    return
  }
  const items: unknown[] = []
  // no gateway is asked for more at once than it is sure to give: a short page would look like the last one
  const paged = limit === undefined ? input : { ...input, limit: Math.min(limit, MOST_AT_ONCE) }
  for await (const item of verb(paged, options)) {
    // one line as soon as it is there
    if (wanted.format === 'ndjson') await context.give({ data: item, text: () => '' })
    items.push(item)
    view.live.show(`${items.length}…`)
    if (limit !== undefined && items.length >= limit) break
  }
  view.live.clear()
  if (wanted.format !== 'ndjson') await give({ items })
}

function wordsOf(id: string): string {
  return id.split('.').map(wordOf).join(' ')
}

function secretFields({ input }: AnyVerbSpec): ReadonlySet<string> {
  return new Set(Object.entries(input).flatMap(([field, spec]) => (spec?.kind === 'secret' ? [field, 'key', 'hmac'] : [])))
}

import type { Page, Paged, VerbId } from '@wamux/core'
import { kebabCase } from '../command/case.ts'
import { confirmed, isConfirmed } from '../command/confirm.ts'
import type { Context } from '../command/context.ts'
import { createSources } from '../command/read-sources.ts'
import { effectOf } from '../command/subject.ts'
import { chooseTarget, connect } from '../gateway/connection.ts'
import { accessNote } from '../operation/consent.ts'
import { hideInRaw } from '../operation/secret-answer.ts'
import { isDryRun } from '../request/captured-request.ts'
import { createProgressLine, showWaiting } from '../terminal/progress-line.ts'
import { verbInput } from './input.ts'
import type { AnyVerbSpec, Follow, View } from './verb-spec.ts'

type AnyVerb = (input: object, options: object) => Promise<unknown>

/** Runs one verb. @throws GatewayError, or UsageError before anything is sent */
export async function runVerb(id: VerbId, spec: AnyVerbSpec, context: Context): Promise<number | undefined> {
  const { values, terminal, plugins, signal } = context
  const asked = values.text('gateway')
  const target = chooseTarget({ gateway: asked, profile: values.text('profile') }, terminal.env, plugins)
  const [core, plugin] = await Promise.all([import('@wamux/core'), plugins.open(target.gateway)])
  const { manifest } = plugin
  const session = values.text('session')
  const effect = effectOf(core.verbSafety[id] ?? 'send')
  const { profile } = target
  context.setSubject({
    manifest,
    effect,
    title: wordsOf(id),
    ...(session === undefined ? {} : { session }),
    ...(profile === undefined ? {} : { profile }),
  })
  if (!(id in manifest.capabilities)) throw core.unsupportedVerb(manifest, id)
  const progress = createProgressLine(terminal, values.is('verbose') || values.is('quiet'))
  const timeoutMs = spec.waits ? undefined : values.ms('timeout')
  const options = { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }), ...spec.options?.(progress) }
  const input = { ...(await verbInput(spec.input, values, createSources(terminal.stdin))), ...spec.extraInput?.(values, progress) }

  if (isDryRun(values)) {
    const { showDryRun } = await import('../request/dry-run.ts')
    const secrets = secretFields(spec)
    const run = { plugin, target, secrets, context, composed: manifest.capabilities[id] === 'composed' }
    return showDryRun(run, (gateway, ended) => (core.requireVerb(gateway, id) as unknown as AnyVerb)(input, { ...options, signal: ended }))
  }

  const gateway = await connect(plugin, await context.accessTo(manifest, target), await context.transport())
  const verb = core.requireVerb(gateway, id) as unknown as AnyVerb
  const danger = spec.danger?.(values)
  const ended = danger && (await confirmed(danger, context))
  if (ended !== undefined) return ended
  const note = accessNote({ safety: core.verbSafety[id] ?? 'send', audience: core.verbAudience[id] ?? 'others' })
  if (note && !isConfirmed(values)) context.say(note)

  const gatewayFlag = asked === undefined ? '' : ` --gateway ${manifest.id}`
  const { paint, columns, say } = context
  const shown = await createClean(id, manifest.id, context)
  const view: View = { values, manifest, paint, columns, terminal, progress, gatewayFlag, say }
  // verbs that show their own progress need no waiting line
  const waited = spec.waits || spec.options ? progress.clear : showWaiting(progress, manifest.name)
  try {
    if ('limit' in spec.input) return await printList(verb as never, input, options, spec, context, view, shown)
    const result = shown(await verb(input, options).finally(waited))
    if (spec.follow) {
      const call = (other: VerbId, given: object) => (core.requireVerb(gateway, other) as unknown as AnyVerb)(given, { signal })
      const follow: Follow = { context, view, call: call as unknown as Follow['call'], has: (other) => other in manifest.capabilities }
      const code = await spec.follow(result, follow)
      if (code !== undefined) return code
    }
    const data = context.json && spec.show.data ? await spec.show.data(result, view) : result
    const rows = spec.show.rows?.(result)
    await context.printResult({ data, ...(rows ? { rows } : {}), text: () => spec.show.text(result, view) })
    return undefined
  } finally {
    waited()
  }
}

/** A result as it may be shown. */
type Shown = (result: unknown) => unknown

/** Hides secrets in the results of a verb: our own credentials, and what the documents mark in the gateway's own answer. */
async function createClean(id: VerbId, gateway: string, context: Context): Promise<Shown> {
  if (context.values.is('show-secrets')) return (result) => result
  // the gateway's own answer is printed with the data only; its table is large
  // a plugin of somebody else may come without a table
  const table = context.json ? await context.plugins.operations(gateway).catch(() => undefined) : undefined
  const all = Object.values(table?.operations ?? {})
  const own = all.filter(({ capability }) => capability === id)
  // a verb that is put together may have asked any operation
  const names = new Set((own.length > 0 ? own : all).flatMap(({ secretFields = [] }) => secretFields))
  return (result) => context.withoutSecrets(names.size > 0 ? hideInRaw(result, names) : result)
}

const MAX_PAGE_SIZE = 100

/** Prints one page of a list, or with --limit and --all the items of as many pages as needed. */
async function printList(
  verb: (input: object, options: object) => Paged<unknown>,
  input: Record<string, unknown>,
  options: object,
  spec: AnyVerbSpec,
  context: Context,
  view: View,
  shown: Shown,
): Promise<undefined> {
  const { values, output } = context
  const limit = input.limit as number | undefined
  const printPage = (page: Omit<Page<unknown>, 'raw'> & { readonly raw?: unknown }) =>
    context.printResult({ data: page, rows: page.items, text: () => spec.show.text(page, view) })
  if (!values.is('all') && limit === undefined) {
    const page = shown(await verb(input, options)) as Page<unknown>
    await printPage(page)
    if (page.next !== undefined && !context.json) context.say(`There is more: --all, or --cursor ${page.next}`)
    return
  }
  const items: unknown[] = []
  // a gateway may return fewer items than asked for, which looks like the last page; every gateway returns this many
  const paged = limit === undefined ? input : { ...input, limit: Math.min(limit, MAX_PAGE_SIZE) }
  for await (const received of verb(paged, options)) {
    const item = shown(received)
    // ndjson: each item is printed when it arrives
    if (output.format === 'ndjson') await context.printResult({ data: item, text: () => '' })
    items.push(item)
    view.progress.show(`${items.length}…`)
    if (limit !== undefined && items.length >= limit) break
  }
  view.progress.clear()
  if (output.format !== 'ndjson') await printPage({ items })
}

function wordsOf(id: string): string {
  return id.split('.').map(kebabCase).join(' ')
}

function secretFields({ input }: AnyVerbSpec): ReadonlySet<string> {
  return new Set(Object.entries(input).flatMap(([field, spec]) => (spec?.kind === 'secret' ? [field, 'key', 'hmac'] : [])))
}

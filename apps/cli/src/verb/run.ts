import type { Page, Paged, VerbId } from '@wamux/core'
import { kebabCase } from '../command/case.ts'
import { confirmed, isConfirmed } from '../command/confirm.ts'
import type { Context } from '../command/context.ts'
import { createSources } from '../command/read-sources.ts'
import { effectOf, type LookedFor } from '../command/subject.ts'
import { type Values, withText } from '../command/values.ts'
import { UsageError } from '../errors/usage-error.ts'
import { chooseTarget, connect } from '../gateway/connection.ts'
import { accessNote } from '../operation/consent.ts'
import { plainText } from '../print/text-width.ts'
import { isDryRun } from '../request/captured-request.ts'
import { createProgressLine, showWaiting } from '../terminal/progress-line.ts'
import { howToName, namedSession, onlySession } from './default-session.ts'
import { type Hide, hiderFor } from './hide-secrets.ts'
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
  const unnamed = spec.input.session?.fallback !== undefined && !values.is('session')
  const fallback = unnamed ? namedSession(target, terminal.env) : undefined
  const effect = effectOf(core.verbSafety[id] ?? 'send')
  const { profile } = target
  const setSubject = (session: string | undefined) =>
    context.setSubject({
      manifest,
      effect,
      title: wordsOf(id),
      ...(session === undefined ? {} : { session }),
      ...(profile === undefined ? {} : { profile }),
      ...lookedFor(id, values),
    })
  setSubject(values.text('session') ?? fallback?.session)
  for (const one of [id, ...(spec.calls?.(values) ?? [])]) {
    if (!(one in manifest.capabilities)) throw core.unsupportedVerb(manifest, one)
  }
  const progress = createProgressLine(terminal, values.is('verbose') || values.is('quiet'))
  const timeoutMs = spec.waits ? undefined : values.ms('timeout')
  const options = { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }), ...spec.options?.(progress) }
  const given = { ...(await verbInput(spec.input, values, createSources(terminal))), ...spec.extraInput?.(values, progress) }

  if (isDryRun(values)) {
    if (unnamed && !fallback) throw new UsageError('No session is named, and a dry run asks no gateway for its sessions.', howToName([]))
    const input = { ...given, ...(fallback ? { session: fallback.session } : {}) }
    const { showDryRun } = await import('../request/dry-run.ts')
    const secrets = secretFields(spec)
    const run = { plugin, target, secrets, context, composed: manifest.capabilities[id] === 'composed' }
    return showDryRun(run, (gateway, ended) => (core.requireVerb(gateway, id) as unknown as AnyVerb)(input, { ...options, signal: ended }))
  }

  const access = await context.accessTo(manifest, target)
  const gateway = await connect(plugin, access, await context.transport())
  const chosen = unnamed ? (fallback ?? (await onlySession(gateway, access, signal))) : undefined
  const input = { ...given, ...(chosen ? { session: chosen.session } : {}) }
  if (chosen) {
    setSubject(chosen.session)
    context.say(`Session ${plainText(chosen.session)} (${chosen.from})`)
  }
  const known = chosen ? withText(values, 'session', chosen.session) : values
  const verb = core.requireVerb(gateway, id) as unknown as AnyVerb
  const danger = spec.danger?.(known)
  const ended = danger && (await confirmed(danger, context))
  if (ended !== undefined) return ended
  const note = accessNote({ safety: core.verbSafety[id] ?? 'send', audience: core.verbAudience[id] ?? 'others' })
  if (note && !isConfirmed(values)) context.say(note)

  const gatewayFlag = asked === undefined ? '' : ` --gateway ${manifest.id}`
  const { paint, columns, say } = context
  const hide = await hiderFor(id, manifest, context)
  const view: View = { values: known, manifest, paint, columns, terminal, progress, gatewayFlag, say }
  const call = (other: VerbId, given: object) => (core.requireVerb(gateway, other) as unknown as AnyVerb)(given, { signal })
  // verbs that show their own progress need no waiting line
  const stopWaiting = spec.waits || spec.options ? progress.clear : showWaiting(progress, manifest.name)
  try {
    const ready: ReadyCall = { verb, input, options, spec, context, view, hide }
    return 'limit' in spec.input ? await printList(ready) : await printOne(ready, call as unknown as Follow['call'], stopWaiting)
  } finally {
    stopWaiting()
  }
}

/** A verb with its input, and what printing its result needs. */
interface ReadyCall {
  readonly verb: AnyVerb
  readonly input: Record<string, unknown>
  readonly options: object
  readonly spec: AnyVerbSpec
  readonly context: Context
  readonly view: View
  readonly hide: Hide
}

/** Calls the verb, runs what the command does after it, and prints the result. @returns an exit code other than 0 */
async function printOne(ready: ReadyCall, call: Follow['call'], stopWaiting: () => void): Promise<number | undefined> {
  const { verb, input, options, spec, context, view, hide } = ready
  const result = hide(await verb(input, options).finally(stopWaiting))
  if (spec.follow) {
    const { interactive, subject } = context
    const follow: Follow = {
      context: { ...context, values: view.values, interactive, subject },
      view,
      call,
      has: (other) => other in view.manifest.capabilities,
    }
    const code = await spec.follow(result, follow)
    if (code !== undefined) return code
  }
  const data = context.json && spec.show.data ? await spec.show.data(result, view) : result
  const rows = spec.show.rows?.(result)
  await context.printResult({ data, ...(rows ? { rows } : {}), text: () => spec.show.text(result, view) })
  return undefined
}

const MAX_PAGE_SIZE = 100

/** Prints one page of a list, or with --limit and --all the items of as many pages as needed. */
async function printList({ verb, input, options, spec, context, view, hide }: ReadyCall): Promise<undefined> {
  const list = verb as unknown as (input: object, options: object) => Paged<unknown>
  const { values, output } = context
  const limit = input.limit as number | undefined
  const printPage = (page: Omit<Page<unknown>, 'raw'> & { readonly raw?: unknown }) =>
    context.printResult({ data: page, rows: page.items, text: () => spec.show.text(page, view) })
  if (!values.is('all') && limit === undefined) {
    const page = hide(await list(input, options)) as Page<unknown>
    await printPage(page)
    if (page.next !== undefined && !context.json) context.say(`There is more: --all, or --cursor ${page.next}`)
    return
  }
  const items: unknown[] = []
  // a gateway may return fewer items than asked for, which looks like the last page; every gateway returns this many
  const paged = limit === undefined ? input : { ...input, limit: Math.min(limit, MAX_PAGE_SIZE) }
  for await (const received of list(paged, options)) {
    const item = hide(received)
    // ndjson: each item is printed when it arrives
    if (output.format === 'ndjson') await context.printResult({ data: item, text: () => '' })
    items.push(item)
    view.progress.show(`${items.length}…`)
    if (limit !== undefined && items.length >= limit) break
  }
  view.progress.clear()
  if (output.format !== 'ndjson') await printPage({ items })
}

const THINGS = ['message', 'group', 'chat', 'contact', 'channel', 'label', 'webhook', 'status'] as const

/** What a verb is about besides its session: the message, chat or group that its arguments name. */
function lookedFor(id: VerbId, values: Values): { readonly lookedFor?: LookedFor } {
  const thing = THINGS.find((name) => values.text(name) !== undefined)
  const name = thing && values.text(thing)
  if (!thing || name === undefined) return {}
  const chat = thing === 'message' ? values.text('chat') : undefined
  return { lookedFor: { thing, name, ...(chat === undefined ? {} : { chat }), verb: wordsOf(id) } }
}

function wordsOf(id: string): string {
  return id.split('.').map(kebabCase).join(' ')
}

function secretFields({ input }: AnyVerbSpec): ReadonlySet<string> {
  return new Set(Object.entries(input).flatMap(([field, spec]) => (spec?.kind === 'secret' ? [field, 'key', 'hmac'] : [])))
}

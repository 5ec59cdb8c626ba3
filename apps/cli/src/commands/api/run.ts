import type { Gateway, HttpMethod, Manifest } from '@wamux/core'
import { confirmed, type Danger, isConfirmed } from '../../command/confirm.ts'
import type { Context } from '../../command/context.ts'
import { createSources, type Sources } from '../../command/read-sources.ts'
import { effectOf } from '../../command/subject.ts'
import type { Values } from '../../command/values.ts'
import { didYouMean } from '../../errors/did-you-mean.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { chooseTarget, connect } from '../../gateway/connection.ts'
import { accessNote, dangerOf } from '../../operation/consent.ts'
import { secretFields } from '../../operation/flags.ts'
import { printResponse, refuseSecretFile } from '../../operation/print-response.ts'
import { isDryRun } from '../../request/captured-request.ts'
import { oneLine } from '../../terminal/visible-text.ts'
import { addFields } from './fields.ts'
import { findRequest, type Match } from './match.ts'
import { allPages, findPager } from './paginate.ts'
import { plainPath } from './plain-path.ts'

const METHODS: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A request as the command line describes it. */
interface ApiRequest {
  readonly method: HttpMethod
  /** The path with `{placeholders}`. */
  readonly path: string
  readonly pathValues: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** The part of a gateway's typed client that is used here. */
interface AnyClient {
  request(
    method: string,
    path: string,
    init: object,
  ): Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>
}

/** Sends any request to a gateway. @throws GatewayError, or UsageError before anything is sent */
export async function runApi(context: Context): Promise<number | undefined> {
  const { values, terminal, plugins, signal } = context
  const { method, path: asked } = methodAndPath(values)
  const target = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
  const [plugin, table] = await Promise.all([plugins.open(target.gateway), plugins.operations(target.gateway)])
  const { manifest } = plugin
  const plain = plainPath(pathFrom(asked))
  const { match, path, danger: known } = findRequest(table, method, plain)
  const operation = match?.operation
  context.setSubject({
    manifest,
    effect: effectOf(operation?.safety ?? 'send'),
    title: 'api',
    lookedFor: { thing: 'path', name: path, verb: 'api' },
    ...(target.profile === undefined ? {} : { profile: target.profile }),
  })
  const request = await requestFrom(context, method, path, plain.query, match, createSources(terminal))
  const timeoutMs = values.ms('timeout')
  const options = { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) }

  if (!isDryRun(values)) refuseSecretFile(operation, context)
  if (isDryRun(values)) {
    const { showDryRun } = await import('../../request/dry-run.ts')
    return showDryRun({ plugin, target, secrets: operation ? secretFields(operation) : new Set(), context }, (gateway, ended) =>
      send(gateway, manifest, request, { ...options, signal: ended }, context),
    )
  }
  const gateway = await connect(plugin, await context.accessTo(manifest, target), await context.transport())
  const input = { ...request.pathValues, ...request.query }
  // the values of placeholders can make another path of it
  const forbidden = known ?? findRequest(table, method, plainPath(filledPath(request))).danger
  const matched = forbidden ?? operation
  const danger =
    (matched && dangerOf(matched, input, manifest.name)) ??
    (operation && !actsAsOther(request) ? undefined : unknownDanger(request, manifest.name))
  const ended = danger && (await confirmed(danger, context))
  if (ended !== undefined) return ended
  const note = operation && accessNote(operation)
  if (note && !isConfirmed(values)) context.say(note)

  if (values.is('paginate')) {
    const names = new Set([...(operation?.parameters ?? []).map(({ name }) => name), ...Object.keys(request.query)])
    const pager = method === 'GET' ? findPager(names, request.query) : undefined
    if (!pager)
      throw new UsageError(
        `It is not known how ${method} ${path} is paged.`,
        'Lists with offset or page are known: give one of them, --query offset=0',
      )
    const all = await allPages(pager, async (query) => (await send(gateway, manifest, { ...request, query }, options, context)).data)
    if (!all) throw new Error(`${method} ${path} answers with no list: leave --paginate out.`)
    await printResponse(all, 'application/json', operation, context)
    return undefined
  }
  const { data, response } = await send(gateway, manifest, request, options, context)
  const contentType = (response.headers.get('content-type') ?? '').replace(/;.*/s, '')
  if (values.is('include')) {
    const lines = [...response.headers].map(([name, value]) => `${name}: ${oneLine(value)}\n`)
    context.print(`HTTP ${response.status}\n${lines.join('')}\n`)
  }
  await printResponse(data, contentType, operation, context)
  return undefined
}

/** The method is the first argument, or -X, or left out: `wamux api /api/sessions`. */
function methodAndPath(values: Values): { readonly method: HttpMethod; readonly path: string } {
  const [first, second] = [values.text('method'), values.text('path')]
  const flag = values.text('X')
  const usage = 'wamux api /api/sessions\nwamux api POST /api/sendText -f text=Hello'
  if (first === undefined && second === undefined) throw new UsageError('wamux api: <path> is missing.', usage)
  if (first !== undefined && second !== undefined) {
    if (flag !== undefined) throw new UsageError(`The method is given twice: ${first}, and -X ${flag}.`, usage)
    return { method: methodFrom(first), path: second }
  }
  const path = second ?? first ?? ''
  if (METHODS.includes(path.toUpperCase() as HttpMethod)) throw new UsageError('wamux api: <path> is missing.', usage)
  const sends = values.is('f') || values.is('F') || values.is('input')
  return { method: flag === undefined ? (sends ? 'POST' : 'GET') : methodFrom(flag), path }
}

function methodFrom(text: string): HttpMethod {
  const method = text.toUpperCase() as HttpMethod
  if (METHODS.includes(method)) return method
  const near = didYouMean(text, METHODS)
  throw new UsageError(`"${text}" is no method: ${METHODS.join(', ')}.`, near ? `Did you mean ${near}?` : 'wamux api GET /path')
}

function pathFrom(text: string): string {
  if (/^[a-z]+:\/\//i.test(text)) throw new UsageError('Give the path only, /api/sessions: the gateway says where it is.')
  return text.startsWith('/') ? text : `/${text}`
}

async function requestFrom(
  { values }: Context,
  method: HttpMethod,
  path: string,
  queryText: string | undefined,
  match: Match | undefined,
  sources: Sources,
): Promise<ApiRequest> {
  const fields: Record<string, unknown> = Object.create(null)
  await addFields(fields, values.all('f'), false, sources)
  await addFields(fields, values.all('F'), true, sources)
  // without a prototype: a field may be called constructor or __proto__
  const query: Record<string, unknown> = Object.create(null)
  const given = new URLSearchParams(queryText)
  for (const name of new Set(given.keys())) query[name] = given.getAll(name).length > 1 ? given.getAll(name) : given.get(name)
  await addFields(query, values.all('query'), false, sources)
  const pathValues: Record<string, unknown> = Object.assign(Object.create(null), match?.values)
  for (const [, name = ''] of path.matchAll(/\{([^{}]+)\}/g)) {
    if (Object.hasOwn(pathValues, name)) continue
    if (!Object.hasOwn(fields, name)) throw new UsageError(`{${name}} in the path has no value.`, `Give it: -f ${name}=…`)
    pathValues[name] = fields[name]
    delete fields[name]
  }
  const inQuery = method === 'GET' || method === 'DELETE'
  if (inQuery) Object.assign(query, fields)
  const input = values.text('input')
  const headers = Object.fromEntries(values.all('header').map(headerFrom))
  const body = input !== undefined ? await sources.text(input) : !inQuery && Object.keys(fields).length > 0 ? { ...fields } : undefined
  const typed = input !== undefined && !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  return { method, path, pathValues, query, headers: typed ? { ...headers, 'content-type': 'application/json' } : headers, body }
}

// headers and fields with which some servers let a request act as one of another method
const OVERRIDE = /^(x-)?(http-)?method(-override)?$|^_method$/i

function actsAsOther({ headers, query }: ApiRequest): boolean {
  return [...Object.keys(headers), ...Object.keys(query)].some((name) => OVERRIDE.test(name))
}

function filledPath({ path, pathValues }: ApiRequest): string {
  return path.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(String(pathValues[name])))
}

/** What has to be confirmed before a request that belongs to no known operation; nothing for a request that only asks. */
function unknownDanger(request: ApiRequest, gateway: string): Danger | undefined {
  const { method, path } = request
  if (method === 'GET' && !actsAsOther(request)) return undefined
  return { what: `is ${method} ${path} on ${gateway}, and wamux does not know what that does` }
}

function headerFrom(text: string): [string, string] {
  const [, name, value] = /^([\w-]+)\s*:(.*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) throw new UsageError(`"${text}" is no header: name:value.`)
  return [name, value.trim()]
}

async function send(
  gateway: Gateway,
  manifest: Manifest,
  request: ApiRequest,
  options: object,
  { withoutSecrets }: Pick<Context, 'withoutSecrets'>,
): Promise<{ readonly data: unknown; readonly response: Response }> {
  const { method, path, pathValues, query, headers, body } = request
  const client = gateway.client as AnyClient
  const init = { params: { path: pathValues, query }, headers, ...(body === undefined ? {} : { body }), ...options }
  const { data, error, response } = await client.request(method.toLowerCase(), path, init)
  if (error === undefined) return { data, response }
  throw await (await import('./response-error.ts')).responseError(manifest, `${method} ${path}`, response, withoutSecrets(error))
}

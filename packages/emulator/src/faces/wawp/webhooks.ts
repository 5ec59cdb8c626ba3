import type { Session } from '../../sessions/session.ts'
import type { SessionEvent } from '../../sessions/session-events.ts'
import { wahaRetryPlan } from '../../webhooks/retry-plans.ts'
import { signBody } from '../../webhooks/signature.ts'
import { type Answer, json } from '../../wire/answer.ts'
import { toEngineEvents } from '../engine/events.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { serializeMe } from '../waha/serialize.ts'
import { field, isUnpaid, listIn, type RequestContext, SUCCESS } from './request-context.ts'
import { serializeMessage } from './serialize.ts'

/** A webhook of a session. */
interface Hook {
  readonly url: string
  readonly events: readonly string[]
  readonly is_active: 0 | 1
  readonly retries: { readonly delay: number; readonly attempts: number }
  readonly hmac?: string
  readonly name?: string
}

const EVENT_ID = '0123456789abcdefghjkmnpqrstvwxyz'
const RETRIES = { delay: 2, attempts: 15 }

export function hooksOf({ settings }: Session): readonly Hook[] {
  return (settings.webhooks as readonly Hook[] | undefined) ?? []
}

/** The webhooks as a session's settings show them. */
export function shown(session: Session): readonly Record<string, unknown>[] {
  return hooksOf(session).map(({ hmac, ...hook }) => hook)
}

/**
 * Webhook settings, and the delivery of events. The events' form is WAHA's, as far as is known; the signature is the one that Wawp's Python
 * package checks.
 */
export function webhookHandlers(context: RequestContext): Record<string, Handler> {
  const { state } = context

  state.sessionEvents.on('wawp', deliver, { qr: (session) => wanting(session, 'session.status').length > 0 })

  function deliver(session: Session, event: SessionEvent): void {
    if (hooksOf(session).length === 0) return
    const told = toEngineEvents(state.network, session, event, (account, message) => serializeMessage(state, account, message))
    for (const { word, payload } of told) {
      const hooks = wanting(session, word)
      if (hooks.length === 0) continue
      const body = JSON.stringify({
        id: `evt_${state.ids.next('wawp/event', 26, EVENT_ID)}`,
        timestamp: event.at,
        event: word,
        instance_id: session.id,
        session: session.name,
        me: serializeMe(session),
        payload,
        engine: 'WEBJS',
      })
      for (const hook of hooks) post(session, word, hook, body)
    }
  }

  state.webhooks.sender<Hook>('wawp', {
    headers: ({ hmac }, { body }) => ({
      'content-type': 'application/json',
      ...(hmac === undefined ? {} : { 'x-wawp-signature': signBody('sha256', hmac, body) }),
    }),
    retry: ({ retries }) => wahaRetryPlan({ delaySeconds: retries.delay, attempts: retries.attempts }),
  })

  function post(session: Session, event: string, hook: Hook, body: string): void {
    state.webhooks.post({ gateway: 'wawp', session: session.id, event, url: hook.url, body, hook })
  }

  const paid = (act: (session: Session, call: Call) => Answer): Handler =>
    context.withInstance((session, call) =>
      isUnpaid(session)
        ? context.fail(call, { status: 403, code: 'subscription_required', message: 'Webhooks need a paid plan' })
        : act(session, call),
    )

  const change = (act: (hooks: readonly Hook[], call: Call) => readonly Hook[] | undefined): Handler =>
    paid((session, call) => {
      if (call.body.webhooks === undefined && field(call, 'url') === undefined)
        return context.fail(call, { status: 400, message: 'url is required' })
      const hooks = act(hooksOf(session), call)
      if (!hooks) return context.fail(call, { status: 404, message: 'There is no webhook with this url' })
      session.settings.webhooks = hooks
      return json(200, SUCCESS)
    })

  const urlIn = (call: Call) => field(call, 'url') ?? ''

  return {
    'webhooks.list': paid((session) =>
      json(200, {
        webhooks: hooksOf(session).map((hook) => ({ ...hook, hmac: hook.hmac ?? null })),
        systemConfig: { url: `https://app.wawp.net/api/webhook/${state.ids.of(`wawp/system/${session.id}`, 32)}`, is_active: 1 },
      }),
    ),
    'webhooks.replace': change((_, call) =>
      listIn(call, 'webhooks')
        .filter(isRecord)
        .flatMap((one) => hookOf(one) ?? []),
    ),
    'webhooks.set': change((hooks, call) => {
      const made = hookOf(call.body)
      return made ? [...hooks.filter(({ url }) => url !== made.url), made] : hooks
    }),
    'webhooks.update': change((hooks, call) => {
      if (!hooks.some(({ url }) => url === urlIn(call))) return undefined
      return hooks.map((hook) => (hook.url === urlIn(call) ? (hookOf({ ...hook, ...call.body }) ?? hook) : hook))
    }),
    'webhooks.delete': change((hooks, call) => {
      const left = hooks.filter(({ url }) => url !== urlIn(call))
      return left.length < hooks.length ? left : undefined
    }),
  }
}

function wanting(session: Session, word: string): readonly Hook[] {
  return hooksOf(session).filter(({ is_active, events }) => is_active === 1 && (events.includes(word) || events.includes('*')))
}

function hookOf({ url, events, is_active, retries, hmac, name }: Readonly<Record<string, unknown>>): Hook | undefined {
  const address = textOf(url)
  if (address === undefined) return undefined
  const { delay, attempts } = { ...RETRIES, ...(isRecord(retries) ? retries : {}) }
  return {
    url: address,
    events: Array.isArray(events) ? events.flatMap((word) => textOf(word) ?? []) : [],
    is_active: is_active === 0 || is_active === false || is_active === '0' ? 0 : 1,
    retries: { delay: Number(delay), attempts: Number(attempts) },
    ...(typeof hmac === 'string' && hmac !== '' ? { hmac } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  }
}

import { operations } from '@wamux/wawp/operations'
import { base64, qrPng } from '../../files/qr.ts'
import { DIGITS, UPPER_HEX } from '../../ids.ts'
import { parsePhone } from '../../network/phone-number.ts'
import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { content, json } from '../../wire/answer.ts'
import type { Face } from '../face.ts'
import type { Handler } from '../handler.ts'
import { ENGINE_STATUS, serializeMe } from '../waha/serialize.ts'
import { chatHandlers } from './chats.ts'
import { groupHandlers } from './groups.ts'
import { messageHandlers } from './messages.ts'
import { createRequestContext, field, isUnpaid } from './request-context.ts'
import { shown, webhookHandlers } from './webhooks.ts'

export type WawpCredentials = {
  /** The instance that exists from the start. */
  readonly instanceId: string
  readonly accessToken: string
}

/** Wawp API v2 by its documentation: WAHA's engine with other paths and errors. */
export function wawpFace(state: State, credentials: WawpCredentials): Face {
  const sessions = state.sessions('wawp')
  const context = createRequestContext(state)
  const { fail, invalidSession, withInstance, pairing } = context

  function addInstance(id: string): Session {
    const name = `wawp-${state.ids.next('wawp/name', 8, DIGITS)}`
    return sessions.create({ id, name, afterUnlink: 'fail' })
  }

  /** A handler that changes the session, and answers with it. */
  const change = (act: (session: Session) => void): Handler =>
    withInstance((session) => {
      act(session)
      return json(200, describeSession(session))
    })

  if (!state.memory.restored) addInstance(credentials.instanceId)

  return {
    table: operations,
    open: [],

    authorize(call) {
      const token = field(call, 'access_token') ?? call.headers.get('access-token')
      if (token === credentials.accessToken) return undefined
      const message = token ? 'Invalid access token' : 'Access token is missing'
      return fail(call, { status: 401, code: 'invalid_access_token', message })
    },

    unknownPath: (call) => fail(call, { status: 404, message: `No endpoint ${call.method} ${call.path}` }),
    examples: async () => (await import('../../generated/wawp-examples.ts')).examples,
    forExample: ({ resource }, handler) =>
      resource === 'sessions' ? withInstance((_, call) => handler(call)) : context.onlyConnected(handler),
    missing: (call, [field]) => fail(call, { status: 400, message: `${field} is required` }),
    badJson: (call, message) => fail(call, { status: 400, message }),

    handlers: {
      'sessions.create': (call) => {
        if (sessions.list().some(isUnpaid))
          return fail(call, { status: 403, code: 'quota_reached', message: 'The plan allows no further instance' })
        const { id, name } = addInstance(state.ids.next('wawp/instance', 12, UPPER_HEX))
        return json(200, { instance_id: id, session_name: name, server_name: 'emulator' })
      },
      'sessions.get': change(() => {}),
      'sessions.start': change((session) => session.start()),
      'sessions.stop': change((session) => session.stop()),
      'sessions.restart': change((session) => session.restart()),
      'sessions.logout': change((session) => {
        const ran = session.running
        session.unpair()
        if (ran) session.start()
      }),
      'sessions.delete': withInstance((session) => {
        sessions.remove(session.id)
        return json(200, { name: session.name, status: 'DELETED', instance_id: session.id })
      }),
      'sessions.me': withInstance((session, call) => {
        const account = accountOf(session)
        return account ? json(200, account) : invalidSession(call, 'The session is not linked to a phone')
      }),

      'auth.getQr': pairing((session) => {
        const { value, expiresInMs } = session.qr ?? { value: '', expiresInMs: 0 }
        const expiry = Math.floor((state.clock.now() + expiresInMs) / 1000)
        return json(200, { mimetype: 'application/json', data: btoa(JSON.stringify({ value, expiry })) })
      }),
      'auth.getQrImage': pairing((session, { headers }) => {
        const png = qrPng(session.qr?.value ?? '')
        if (/image\//i.test(headers.get('accept') ?? '')) return content(200, 'image/png', png)
        return json(200, { mimetype: 'image/png', data: base64(png) })
      }),
      'auth.requestCode': pairing((session, call) => {
        const phone = parsePhone(field(call, 'phone_number'))
        if (phone === undefined) return fail(call, { status: 400, message: 'phone_number is required' })
        return json(200, { code: session.requestCode(phone) })
      }),

      ...messageHandlers(context),
      ...chatHandlers(context),
      ...groupHandlers(context),
      ...webhookHandlers(context),
    },
  }
}

function describeSession(session: Session): Record<string, unknown> {
  const account = accountOf(session)
  return {
    name: session.name,
    status: ENGINE_STATUS[session.phase],
    ...(account ? { me: account } : {}),
    config: { webhooks: shown(session), proxy: null },
    ...(session.qr ? { qr: base64(qrPng(session.qr.value)) } : {}),
  }
}

function accountOf(session: Session): { id: string; pushName?: string; platform: string } | undefined {
  const account = serializeMe(session)
  if (!account) return undefined
  const { lid: _, ...shown } = account
  return { ...shown, platform: 'android' }
}

import type { Operation } from '@wamux/core'
import { operations } from '@wamux/waha/operations'
import { base64 } from '../../../files/qr.ts'
import type { State } from '../../../state.ts'
import type { Answer } from '../../../wire/answer.ts'
import type { Call, Handler } from '../../handler.ts'
import { textOf } from '../../http.ts'
import { createConnectedHandlers } from '../request-context.ts'
import { appsDisabled, nestError, notFound, plusOnly } from '../serialize.ts'

/** The one session of the Core edition; it exists from the start. */
export const CORE_SESSION = 'default'

/** What Core 2026.2.1 answers 422 to: it sells them in the Plus edition. */
const PLUS_ONLY: readonly string[] = [
  'messages.sendImage',
  'messages.sendFile',
  'messages.sendVoice',
  'messages.sendList',
  'status.sendImage',
  'status.sendVoice',
  'status.sendVideo',
  'profile.setPicture',
  'profile.deletePicture',
  'groups.setPicture',
  'channels.searchByText',
  'channels.searchByView',
  'channels.listSearchViews',
  'channels.listSearchCountries',
  'channels.listSearchCategories',
  'channels.previewMessages',
]

/** What the engine NOWEB of 2026.2.1 does not have. */
const NOT_IN_NOWEB: readonly string[] = [
  'messages.sendVideo',
  'messages.votePoll',
  'contacts.getAbout',
  'contacts.block',
  'contacts.unblock',
  'chats.delete',
  'chats.clearMessages',
  'groups.delete',
  'groups.deletePicture',
  'events.send',
]

/** Operations with a handler that came after 2026.2.1. Those without one came later, too, but for the server's own. */
const LATER: readonly string[] = ['keys.createMedia', 'keys.createControl', 'messages.newId']

/** The edition that was sold as free until 2026.6.1, as recorded from 2026.2.1: one session, no media, fewer operations. */
export function coreEdition(state: State, handlers: Readonly<Record<string, Handler>>): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  const cannot: Handler = ({ method, path }) => notFound(`Cannot ${method} ${path}`)
  const listed = [...PLUS_ONLY, ...NOT_IN_NOWEB]
  const unknown = Object.values(operations.operations).flatMap(({ id, resource }) => {
    const known = Object.hasOwn(handlers, id) || listed.includes(id) || resource === 'server' || resource === 'apps'
    return known ? [] : [id]
  })
  const replaced: Record<string, Handler> = {
    ...handlers,
    ...each(PLUS_ONLY, () => whenConnected(plusOnly)),
    ...each(NOT_IN_NOWEB, () => whenConnected(notImplemented)),
    ...each([...LATER, ...unknown], () => cannot),
    ...each(
      Object.keys(operations.operations).filter((id) => id.startsWith('apps.')),
      () => appsDisabled,
    ),
    'server.health': plusOnly,
  }
  return Object.fromEntries(Object.entries(replaced).map(([id, handler]) => [id, onlyDefault(operations.operations[id], handler)]))
}

/** The answer of an engine that lacks an operation. */
export function notImplemented(): Answer {
  const text = "The method is not implemented by 'NOWEB' engine. Check the docs and try another engine: https://waha.devlike.pro/"
  return nestError(501, 'Not Implemented', text)
}

function each(ids: readonly string[], handlerOf: (id: string) => Handler): Record<string, Handler> {
  return Object.fromEntries(ids.filter((id) => Object.hasOwn(operations.operations, id)).map((id) => [id, handlerOf(id)]))
}

/** Refuses every other session's name. */
function onlyDefault(operation: Operation | undefined, handler: Handler): Handler {
  return (call) => {
    const id = sessionIn(operation, call)
    if (id === undefined || id === CORE_SESSION) return handler(call)
    return otherSession(id)
  }
}

export function otherSession(id: string): Answer {
  const encoded = base64(new TextEncoder().encode(id))
  const text = `WAHA Core support only 'default' session. You tried to access '${id}' session (base64: ${encoded}). If you want to run more then one WhatsApp account - please get WAHA PLUS version. Check this out: https://waha.devlike.pro/`
  return nestError(422, 'Unprocessable Entity', text)
}

function sessionIn(operation: Operation | undefined, { params, query, body }: Call): string | undefined {
  if (params.session !== undefined) return params.session
  if (operation?.id === 'sessions.startDeprecated' || operation?.id === 'sessions.stopDeprecated') return textOf(body.name)
  if (operation?.resource === 'sessions' || operation?.resource === 'keys') return undefined
  return textOf(body.session) ?? textOf(query.get('session'))
}

import { BASE64, DIGITS } from '../../../ids.ts'
import type { Session } from '../../../sessions/session.ts'
import type { State } from '../../../state.ts'
import { type Answer, json } from '../../../wire/answer.ts'
import type { Call, Handler } from '../../handler.ts'
import { nestError, noSession, wrongStatus } from '../serialize.ts'

const FIELDS = ['id', 'rawId', 'type', 'response'] as const
const TIMEOUT_MS = 60_000

/** Pairing with a phone that asks for its passkey. */
export function passkeyHandlers(state: State): Record<string, Handler> {
  const sessions = state.sessions('waha')

  /** Makes a handler for a session in one of both passkey states. */
  const when = (phase: 'passkey' | 'passkey_confirmation', act: (session: Session, call: Call) => Answer) => (call: Call) => {
    const session = sessions.get(call.params.session ?? '')
    if (!session) return noSession(call.params.session ?? '')
    if (session.phase === phase) return act(session, call)
    return wrongStatus(session, phase === 'passkey' ? 'PASSKEY_REQUIRED' : 'PASSKEY_CONFIRMATION_REQUIRED')
  }

  return {
    'auth.getPasskeyChallenge': when('passkey', (session) =>
      json(200, {
        challenge: state.ids.of(`waha/passkey/${session.id}/${session.changedAt}`, 43, BASE64.slice(0, 62)),
        timeout: TIMEOUT_MS,
        rpId: 'web.whatsapp.com',
        allowCredentials: [
          { id: state.ids.of(`waha/passkey/${session.id}`, 22, BASE64.slice(0, 62)), type: 'public-key', transports: ['internal'] },
        ],
        userVerification: 'required',
        extensions: {},
      }),
    ),
    'auth.submitPasskey': when('passkey', (session, { body }) => {
      const missing = FIELDS.filter((name) => body[name] === undefined).map((name) => `${name} should not be empty`)
      if (missing.length > 0) return nestError(400, 'Bad Request', missing)
      session.answerPasskey()
      return json(201, {})
    }),
    'auth.getPasskeyConfirmation': when('passkey_confirmation', (session) =>
      json(200, { code: state.ids.of(`waha/passkey/${session.id}/${session.changedAt}/code`, 6, DIGITS) }),
    ),
    'auth.confirmPasskey': when('passkey_confirmation', (session) => {
      session.confirmPasskey()
      return json(201, {})
    }),
  }
}

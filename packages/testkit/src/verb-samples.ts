import type { SessionState, VerbId } from '@wamux/core'

/** How far a session has to be before a verb makes sense. */
export type Stage = 'none' | 'created' | 'pairing' | 'connected'

interface VerbSample {
  readonly stage: Stage
  readonly input: (session: string) => object
  /** The input names an existing session. */
  readonly takesSession: boolean
}

/** A number set aside for fiction. */
export const PHONE = '+12025550143'

export const STATES: readonly SessionState[] = [
  'stopped',
  'starting',
  'pairing',
  'connecting',
  'connected',
  'disconnected',
  'logged_out',
  'conflict',
  'failed',
  'unknown',
]

const only = (session: string) => ({ session })

/** One call of every verb of the vocabulary; complete by type. */
export const samples: { readonly [Id in VerbId]: VerbSample } = {
  'session.list': { stage: 'created', input: () => ({}), takesSession: false },
  'session.get': { stage: 'created', input: only, takesSession: true },
  'session.create': { stage: 'none', input: (session) => ({ session, phone: PHONE }), takesSession: false },
  'session.update': { stage: 'created', input: (session) => ({ session, config: {} }), takesSession: true },
  'session.delete': { stage: 'created', input: only, takesSession: true },
  'session.start': { stage: 'created', input: only, takesSession: true },
  'session.stop': { stage: 'connected', input: only, takesSession: true },
  'session.restart': { stage: 'connected', input: only, takesSession: true },
  'session.logout': { stage: 'connected', input: only, takesSession: true },
  'session.reset': { stage: 'connected', input: only, takesSession: true },
  'session.qr': { stage: 'pairing', input: only, takesSession: true },
  'session.requestPairingCode': { stage: 'pairing', input: (session) => ({ session, phone: PHONE }), takesSession: true },
  'session.waitFor': { stage: 'created', input: (session) => ({ session, state: STATES, timeoutMs: 1_000 }), takesSession: true },
  'message.sendText': { stage: 'connected', input: (session) => ({ session, to: PHONE, text: 'Hello' }), takesSession: true },
}

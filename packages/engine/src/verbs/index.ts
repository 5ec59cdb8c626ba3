/** For plugins of gateways that run a WhatsApp engine: the verbs that such gateways share, each namespace loaded when it is asked for. */
export type { EngineCall, EngineGateway, EngineRoute } from './calls.ts'
export { inQuery, partsOf } from './calls.ts'
export { loadEngineVerbs } from './load-engine-verbs.ts'
export type { SendOnce } from './message.ts'
export { messageIdsOf } from './message-ids.ts'
export type { EngineFile, Recipient, SendDifferences } from './sends.ts'
export { recipientOf, refuseFailed, refuseMentions, sentFacts } from './sends.ts'

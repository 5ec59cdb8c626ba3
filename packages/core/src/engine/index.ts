/** For plugins: readers of what WhatsApp engines return and report. */
export { digestOf } from '../events/digest.ts'
export { messageEventType } from '../events/message-event.ts'
export { isPersonJid as isPerson } from '../verbs/address.ts'
export { chatKindOf, engineChannel, engineChat, engineLabel, enginePresence, presenceStateOf } from './chat.ts'
export { engineEventWords } from './event-names.ts'
export { withPerson } from './event-person.ts'
export type { EngineEvent } from './events.ts'
export { engineCall, engineEvents } from './events.ts'
export type { Fields } from './fields.ts'
export { firstOf, flagOf, idOf, jidOf, numberOf, omitUndefined, recordOf, textOf, timeOf, wordOf } from './fields.ts'
export { channelIdOf, chatIdOf, groupIdOf, personIdOf } from './ids.ts'
export type { KnownMessage, MessageIdParts } from './message.ts'
export { engineAck, engineMessage, fullMessageId, messageIdParts, messageKey } from './message.ts'
export {
  engineContact,
  engineGroup,
  engineParticipant,
  engineParticipantsChanged,
  participantChangeOf,
  participantPerson,
} from './people.ts'
export type { PersonPlace } from './person.ts'
export { namesOnCard, ofPerson, personIn, personOf } from './person.ts'
export type { RefusalTexts } from './refusals.ts'
export { engineRefusal, refusalByText } from './refusals.ts'
export { acknowledged, notTold, orNotFound } from './results.ts'
export { rowsOf, withId } from './rows.ts'

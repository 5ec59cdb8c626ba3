/** For plugins: readers of what WhatsApp engines return and report. */

export { chatKindOf, engineChannel, engineChat, engineLabel, enginePresence, presenceStateOf } from './answers/chat.ts'
export { editedText } from './answers/content.ts'
export { cardsOf } from './answers/content-fields.ts'
export type { KnownMessage, MessageIdParts } from './answers/message.ts'
export { engineAck, engineMessage, fullMessageId, messageIdParts, messageKey } from './answers/message.ts'
export { engineMessageId } from './answers/message-id.ts'
export {
  engineContact,
  engineGroup,
  engineParticipant,
  engineParticipantsChanged,
  participantChangeOf,
  participantsIn,
} from './answers/people.ts'
export type { PersonPlace } from './answers/person.ts'
export { namesOnCard, numberOnCard, ofPerson, personIn, personOf } from './answers/person.ts'
export type { RefusalTexts } from './answers/refusals.ts'
export { engineRefusal, refusalByText } from './answers/refusals.ts'
export { recogniseOwn, rememberAccounts } from './events/accounts.ts'
export { engineEventWords } from './events/event-names.ts'
export { ownMessage, withPerson } from './events/event-person.ts'
export type { EngineEvent } from './events/events.ts'
export { engineCall, engineEvents } from './events/events.ts'
export type { Fields } from './fields/fields.ts'
export { firstOf, flagOf, idOf, jidOf, nameOf, numberOf, omitUndefined, recordOf, textOf, timeOf, wordOf } from './fields/fields.ts'
export { channelIdOf, chatIdOf, groupIdOf, personIdOf } from './fields/ids.ts'
export { acknowledged, incompleteResponse, orNotFound } from './fields/results.ts'
export { rowsOf, withId } from './fields/rows.ts'

/** For tables of event types. An entry of its own, so that whoever needs only the list loads nothing else. */
export { engineEventTypes } from './event-names.ts'

/** For plugins: building blocks of verbs. An entry of its own, so that a program loads it with the first verb that needs it. */
export { formOf } from '../request/form-data.ts'
export type { Media } from '../vocabulary/media.ts'
export type { OpenMedia } from './media.ts'
export { MAX_MEDIA_BYTES, mimetypeOf, openMedia, toBase64 } from './media.ts'
export type { Offset } from './offset-page.ts'
export { offsetOf, offsetPage, sparsePage, wholePage } from './offset-page.ts'
export { flagInput, httpUrlInput, listInput, numberInput, textInput, unsupportedInput } from './validate.ts'
export { reached, waitForAck } from './wait-for-ack.ts'

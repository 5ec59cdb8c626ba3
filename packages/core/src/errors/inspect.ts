/** For programs that show responses of gateways themselves. An entry of its own: a client whose calls succeed does not load it. */

export type { Redactor } from './redactor.ts'
export { createRedactor } from './redactor.ts'
export type { VendorMessage } from './vendor-message.ts'
export { findVendorMessage, findVendorTexts } from './vendor-message.ts'

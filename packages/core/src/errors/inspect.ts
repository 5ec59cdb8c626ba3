/** For whoever reads and shows what gateways answer: kept apart, because a client that succeeds needs none of it. */

export type { Redactor } from './redactor.ts'
export { createRedactor } from './redactor.ts'
export type { VendorMessage } from './vendor-message.ts'
export { findVendorMessage } from './vendor-message.ts'

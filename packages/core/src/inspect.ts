/** For whoever reads and shows what gateways answer: kept apart, because a client that succeeds needs none of it. */
export type { Redactor } from './redact.ts'
export { createRedactor } from './redact.ts'
export type { VendorMessage } from './vendor-message.ts'
export { findVendorMessage } from './vendor-message.ts'

/** For authors of a transport: the interface of its `fetch`, and which of its errors mean that nothing was sent. */

export type { Clock } from '../time/clock.ts'
export { systemClock } from '../time/clock.ts'
export { causeCode, isConnectFailure } from './network-error.ts'
export type { ResponseHeaders } from './response.ts'
export type { Attempt, Deadline, Fetch, FetchInit, FetchResponse, Transport, TransportOptions, WireRequest } from './transport.ts'
export { createTransport } from './transport.ts'

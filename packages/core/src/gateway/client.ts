/** For plugins: what a typed client without verbs is made from. An entry of its own, so that its bundle contains nothing else. */
export type { TypedClient } from '../operations/typed-client.ts'
export { createTypedClient } from '../operations/typed-client.ts'
export { contextOf } from './context.ts'

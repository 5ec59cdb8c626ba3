/** For plugins: what their typed client alone is made from. Apart from the index, so that a small bundle has nothing else in it. */
export type { TypedClient } from '../operations/typed-client.ts'
export { createTypedClient } from '../operations/typed-client.ts'
export { contextOf } from './context.ts'

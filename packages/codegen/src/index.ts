export type { Finding } from './document/source.ts'
export type { Generated } from './generate.ts'
export { generate } from './generate.ts'

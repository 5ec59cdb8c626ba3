/// <reference types="node" />

export { createNodeFetch } from './node-fetch.ts'
export { NodeFetchError } from './node-fetch-error.ts'
export type { NodeAnswer, NodeFetch, NodeFetchOptions, NodeTlsOptions } from './options.ts'

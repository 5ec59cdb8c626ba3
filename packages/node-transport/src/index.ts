/// <reference types="node" />

export { createNodeFetch } from './node-fetch.ts'
export { NodeFetchError } from './node-fetch-error.ts'
export type { NodeFetch, NodeFetchOptions, NodeFetchResponse, NodeTlsOptions } from './options.ts'

/** Minified and gzipped: what a program that makes one call has to load before it runs. */
export const CLIENT_BYTES: number = 6 * 1024
/** Wawp's client needs more: credentials go into bodies and queries, and every 2xx answer may be an error. */
export const WAWP_CLIENT_BYTES: number = 6.5 * 1024
export const GATEWAY_BYTES: number = 16 * 1024

/** Instantiations of wamux's calls as a multiple of those of plain openapi-fetch. */
export const TYPE_RATIO: number = 1.3

/**
 * For plugins: what a gateway needs from its first call on. Apart from the index, so that bundlers load all else with the first verb that
 * needs it.
 */
export { GatewayError, invalidInput } from '../errors/gateway-error.ts'
export { normalJid, parseAddress } from '../verbs/address.ts'
export { accountOf, meaningOf, sessionInfo } from '../verbs/session-info.ts'
export { waitForSession, withProgress } from '../verbs/wait-for-session.ts'
export { definePlugin } from './define-plugin.ts'
export { lazyNamespaces } from './lazy-namespaces.ts'

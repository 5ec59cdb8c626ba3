/**
 * For plugins: how a session of such a gateway is read. An entry of its own, as sessions are read from a program's first call on, and
 * bundlers load all else with the first verb that needs it.
 */
export { engineSessionInfo } from './session-info.ts'
export { engineStates } from './session-states.ts'

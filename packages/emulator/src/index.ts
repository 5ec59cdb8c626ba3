export { CAUSES } from './causes/causes.ts'
export type { Timings } from './clock/timings.ts'
export { defaultTimings } from './clock/timings.ts'
export type { VirtualClock } from './clock/virtual-clock.ts'
export { createVirtualClock } from './clock/virtual-clock.ts'
export type { EmulatorControl, EmulatorState, SessionTarget, SessionView } from './control/control.ts'
export { GATEWAYS } from './control/control.ts'
export type { AccountView, ChatView, GroupView, InspectControl } from './control/inspect.ts'
export type { CallInput, FileInput, MessageView, PhoneControl, PhoneInput, PhoneMessageInput } from './control/phones.ts'
export type { ControlFetch } from './control/remote.ts'
export { connectControl } from './control/remote.ts'
export type { ClockView, IdleView, TimeControl } from './control/time.ts'
export type { Emulator, EmulatorOptions } from './emulator.ts'
export { createEmulator, IN_PROCESS_ORIGIN } from './emulator.ts'
export { EmulatorError } from './errors.ts'
export type { ActiveFault } from './faults/active.ts'
export { ConnectionLost } from './faults/connection-lost.ts'
export type { AccountInput, FaultControl, FaultInput } from './faults/fault-control.ts'
export type {
  AccountFault,
  FaultArea,
  FaultKind,
  FaultName,
  FaultValue,
  GatewayAnswer,
  GatewayFault,
  NothingToSee,
  WebhookFault,
  WireFault,
} from './faults/kinds.ts'
export { FAULT_KINDS } from './faults/table/fault-kinds.ts'
export type { Fault, WaitingFault } from './faults/wires.ts'
export type { EmulatorCredentials, GatewayAccess, Gateways } from './gateways.ts'
export type { Snapshot } from './memory/snapshot.ts'
export type { Duration, ScenarioCondition, ScenarioContent, ScenarioReply } from './scenario/content.ts'
export type { Scenario, ScenarioGroup, ScenarioMessage, ScenarioPhone, ScenarioSession, ScenarioView } from './scenario/types.ts'
export type { GatewayId, SessionPhase } from './sessions/session.ts'
export type { EmulatorWebSocket, EmulatorWebSocketConstructor } from './sockets/web-socket.ts'
export type { ErrorFormat, WahaOptions, WarestLimits, WarestOptions } from './state.ts'
export type { OpenedTestGateway, TestGatewayOptions } from './test-gateway.ts'
export { openTestGateway } from './test-gateway.ts'
export type { TranscriptLine } from './transcript/transcript.ts'
export type { Deliver, DeliverySettings, DeliveryState, DeliveryView } from './webhooks/webhooks.ts'

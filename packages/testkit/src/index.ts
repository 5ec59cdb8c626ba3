export { conformance } from './conformance.ts'
export type { Reply, Script, SeenRequest, StubAnswer, StubFault, StubGateway } from './recording/stub-gateway.ts'
export { createStubGateway } from './recording/stub-gateway.ts'
export type {
  CaughtWebhook,
  PhoneAccount,
  PhoneChat,
  PhoneFile,
  PhoneGroup,
  PhoneMessage,
  TestHooks,
  TestPhones,
} from './subject/phones.ts'
export type { Runner } from './subject/runner.ts'
export type { FailureExample, PluginFactory, Subject, SuiteOptions, TestGateway } from './subject/subject.ts'

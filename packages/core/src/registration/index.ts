export type { RegistrationOptions, WantedWebhook } from './register-webhook.ts'
export { findWebhook, registerWebhook, unregisterWebhook } from './register-webhook.ts'

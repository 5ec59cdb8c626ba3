export type { CaughtWebhook, PhoneAccount, PhoneChat, PhoneFile, PhoneGroup, PhoneMessage, TestHooks, TestPhones } from './phones.ts'

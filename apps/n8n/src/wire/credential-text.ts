import type { ICredentialDataDecryptedObject } from 'n8n-workflow'

/** Text of a credential field, trimmed; empty where there is none. */
export function credentialText(credentials: ICredentialDataDecryptedObject, field: string): string {
  const value = credentials[field]
  return typeof value === 'string' ? value.trim() : ''
}

import type { StateTable } from '@wamux/core'

/** The names of session states of gateways with a WhatsApp engine. */
export const engineStates: StateTable<
  'STOPPED' | 'STARTING' | 'SCAN_QR_CODE' | 'PASSKEY_REQUIRED' | 'PASSKEY_CONFIRMATION_REQUIRED' | 'WORKING' | 'FAILED'
> = {
  STOPPED: { state: 'stopped' },
  STARTING: { state: 'starting' },
  SCAN_QR_CODE: { state: 'pairing', challenge: 'qr' },
  PASSKEY_REQUIRED: { state: 'pairing', challenge: 'passkey' },
  PASSKEY_CONFIRMATION_REQUIRED: { state: 'pairing', challenge: 'passkey_confirmation' },
  WORKING: { state: 'connected' },
  FAILED: { state: 'failed' },
}

import type { IDataObject } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { credentialText } from '../wire/credential-text.ts'
import type { ComposedCall } from './composed-call.ts'

/** The text of a parameter, trimmed; of a list, what was chosen. */
export function textOf({ context, index }: ComposedCall, name: string): string {
  const value = context.getNodeParameter(name, index, '')
  const plain = typeof value === 'object' && value !== null && 'value' in value ? value.value : value
  return typeof plain === 'string' || typeof plain === 'number' ? String(plain).trim() : ''
}

/** @throws InvalidParameter when nothing was filled in */
export function filledText(call: ComposedCall, name: string): string {
  const text = textOf(call, name)
  if (text === '') throw new InvalidParameter(name, `${name}: has to be filled in`)
  return text
}

/** The session that was chosen, or the one that the credential names. @throws InvalidParameter when there is none */
export function sessionOf(call: ComposedCall): string {
  const { sessionParameter, credentials } = call
  const chosen = sessionParameter === undefined ? '' : textOf(call, sessionParameter)
  const session = chosen === '' ? credentialText(credentials, 'instanceId') : chosen
  if (session === '') throw new InvalidParameter(sessionParameter ?? 'session', `${sessionParameter ?? 'session'}: has to be filled in`)
  return session
}

/** What was added under an option of the form, of this operation only. */
export function addedTo({ context, index }: ComposedCall, name: string): IDataObject {
  return (context.getNodeParameter(name, index, {}) ?? {}) as IDataObject
}

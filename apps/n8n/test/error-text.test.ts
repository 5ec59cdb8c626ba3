import { type ErrorKind, GatewayError, verbIds } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { errorText } from '../src/run/error-text.ts'

const KINDS: readonly ErrorKind[] = [
  'auth',
  'permission',
  'not_found',
  'conflict',
  'invalid_request',
  'rate_limited',
  'timeout',
  'aborted',
  'network',
  'server',
  'bad_response',
  'unsupported',
  'config',
  'unknown_outcome',
]

const SAID = [
  'Session not found',
  "Cannot read properties of undefined (reading 'update')",
  'TypeError: x is not a function\n    at send (/app/dist/a.js:1:2)',
  '{"a":1}',
  '',
]

const made = (kind: ErrorKind, said: string, more: object = {}) => {
  const text = said === '' ? 'HTTP 404' : `${said} (HTTP 404)`
  const vendorMessage = said === '' ? {} : { vendorMessage: said }
  return new GatewayError(`WAHA sessions.stop: ${text}`, {
    kind,
    gateway: 'waha',
    operation: 'sessions.stop',
    status: 404,
    ...vendorMessage,
    ...more,
  })
}

describe.each(KINDS)('%s', (kind) => {
  it.each(SAID)('is told in words, whatever the gateway said: %j', (said) => {
    const { headline, description } = errorText(made(kind, said))
    const all = `${headline} ${description}`
    expect(headline).not.toBe('')
    expect(headline.length).toBeLessThan(230)
    expect(all).not.toMatch(/sessions\.stop/)
    expect(headline).not.toMatch(/undefined|TypeError|[{}\n]/)
    // what it said is not lost, and not told twice
    if (said !== '') expect(all.split(said).length - 1).toBe(1)
  })
})

it('says what happened once, with the next step', () => {
  expect(errorText(made('not_found', 'Session not found'))).toEqual({
    headline: 'WAHA: Session not found',
    description: 'HTTP 404. Check the session and the IDs, or choose them From List.',
  })
})

it('never invites to do again what may have been done', () => {
  const lost = errorText(made('unknown_outcome', '', { status: undefined, code: 'ECONNRESET' }))
  expect(`${lost.headline} ${lost.description}`).not.toMatch(/\bretry the|try (it )?again|ECONN/i)
  expect(lost.description).toMatch(/before you/)
})

it('tells the verbs of other programs as the form has them', () => {
  const hint = `It has ${verbIds().slice(0, 20).join(', ')}.`
  const { headline, description } = errorText(
    new GatewayError('WARest has no session.stop (engine down, phone stays paired)', {
      kind: 'unsupported',
      gateway: 'warest',
      operation: 'session.stop',
      hint,
    }),
  )
  expect(headline).toBe('WARest has no Session: Stop (engine down, phone stays paired)')
  for (const id of verbIds()) expect(description).not.toContain(id)
})

it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_HAS_EXPIRED'])(
  'names the option for a certificate that is not trusted: %s',
  (code) => {
    const { headline, description } = errorText(made('network', '', { status: undefined, code }))
    expect(headline).toBe('The certificate of WAHA is not trusted')
    expect(description).toContain('Ignore SSL Issues')
  },
)

it('knows what localhost means in a container', () => {
  const hint = 'Is the gateway running at http://localhost:3000?'
  expect(errorText(made('network', '', { status: undefined, hint })).description).toMatch(/container/)
})

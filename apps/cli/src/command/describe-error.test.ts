import { GatewayError, type GatewayErrorDetails, unsupportedVerb } from '@wamux/core'
import { manifest as wahaManifest } from '@wamux/waha/manifest'
import { manifest as warestManifest } from '@wamux/warest/manifest'
import { describe, expect, it } from 'vitest'
import { paintFor } from '../terminal/terminal.ts'
import { describeError, describeInterruption, formatErrorMessage } from './describe-error.ts'

const subject = { manifest: wahaManifest, session: 'shop', effect: 'change' } as const
const plain = paintFor({ write() {} }, {})
const tell = (details: GatewayErrorDetails, about: Parameters<typeof describeError>[1] = subject) =>
  describeError(new GatewayError('core text', details), about)

describe('an error of a gateway', () => {
  it('is one sentence, its own words, and what to do next', () => {
    const told = tell({ kind: 'not_found', status: 404, vendorMessage: 'Session not found' })
    expect(formatErrorMessage(told, plain, 'WAHA')).toBe(
      'error: WAHA has no session "shop" (HTTP 404)\n  WAHA says: Session not found\n  → See what there is: wamux session list --gateway waha\n',
    )
  })

  it('names commands where a hint names verbs', () => {
    const told = formatErrorMessage({ sentence: 'No.', next: 'Start it: session.start. See session.update.' }, plain, 'WAHA')
    expect(told).toBe('error: No.\n  → Start it: wamux session start. See wamux session update.\n')
    const listed = formatErrorMessage({ sentence: 'No.', next: 'session.logout (unpairs the phone)' }, plain, 'WARest')
    expect(listed).toContain('→ session.logout (unpairs')
  })

  it('names the variables, never their values', () => {
    expect(tell({ kind: 'auth', status: 401 }).next).toBe('Check WAMUX_WAHA_API_KEY.')
    expect(tell({ kind: 'network', code: 'ECONNREFUSED', reached: 'no' })).toMatchObject({
      sentence: 'WAHA cannot be reached (ECONNREFUSED)',
      next: 'Is it running? WAMUX_WAHA_BASE_URL says where it is.',
    })
    expect(tell({ kind: 'config', field: 'baseUrl' }).next).toBe('Check WAMUX_WAHA_BASE_URL.')
  })

  it('asks for the address when a send was answered by a redirect, as http in place of https is', () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const told = tell({ kind: 'unknown_outcome', status, reached: 'yes' }, { ...subject, effect: 'send' })
      expect(told.sentence).toBe(`WAHA may have sent this: its answer is a redirect, which is not followed (HTTP ${status})`)
      expect(told.next).toMatch(/^Check whether it arrived.*\nIs the address right\? WAMUX_WAHA_BASE_URL says where it is\.$/)
    }
  })

  it('shows the hint of a plugin, and not the general one of core', () => {
    expect(tell({ kind: 'auth', status: 401, hint: 'Its key has expired.' }).next).toBe('Its key has expired.\nCheck WAMUX_WAHA_API_KEY.')
    expect(tell({ kind: 'auth', status: 401, hint: 'Check the credentials for WAHA.' }).next).toBe('Check WAMUX_WAHA_API_KEY.')
    const sent = { ...subject, effect: 'send' } as const
    const id = 'It was sent under the message id 3EB0.'
    expect(tell({ kind: 'unknown_outcome', reached: 'maybe', hint: id }, sent).next).toMatch(
      /^It was sent under the message id 3EB0\.\nCheck /,
    )
    const general = 'Check whether it was done before you repeat it.'
    expect(tell({ kind: 'unknown_outcome', reached: 'maybe', hint: general }, sent).next).toMatch(/^Check whether it arrived/)
    expect(tell({ kind: 'rate_limited', status: 429, retryAfterMs: 1500, hint: 'Send fewer.' }).next).toBe('Send fewer.\nWait 2 s.')
  })

  it('never invites to repeat what may have been done', () => {
    for (const effect of ['send', 'change'] as const) {
      const told = tell({ kind: 'unknown_outcome', status: 500, reached: 'yes' }, { ...subject, effect })
      expect(told.sentence).toContain('may have')
      expect(told.next).toMatch(/^(Look|Check) .* before you/)
      expect(`${told.sentence} ${told.next}`).not.toMatch(/try again|retry/i)
    }
  })

  it('of wamux itself keeps its own sentence', () => {
    expect(describeError(unsupportedVerb(warestManifest, 'session.stop'), { ...subject, manifest: warestManifest })).toEqual({
      sentence: 'WARest has no session.stop (engine down, phone stays paired)',
      next: expect.stringContaining('session.logout (unpairs the phone)'),
    })
    expect(tell({ kind: 'invalid_request', field: 'to', reached: 'no' }).sentence).toBe('core text')
    expect(tell({ kind: 'timeout', operation: 'session.waitFor', hint: 'Try: scan.' })).toMatchObject({
      sentence: 'core text',
      next: expect.stringMatching(/^What it waits for: wamux session get shop\n/),
    })
  })

  it('says how long to wait', () => {
    expect(tell({ kind: 'rate_limited', status: 429, retryAfterMs: 1500 }).next).toBe('Wait 2 s.')
  })

  it('cannot steer the terminal', () => {
    const told = tell({ kind: 'server', status: 500, vendorMessage: 'a\x1b[2Jb' })
    expect(formatErrorMessage(told, plain, 'WAHA')).not.toContain('\x1b')
  })

  it('wraps advice on a terminal', () => {
    const text = formatErrorMessage({ sentence: 's', next: 'word '.repeat(40) }, plain, 'WAHA', 80)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})

describe('an interruption', () => {
  it.each([
    ['send', 'maybe', 'The message may have been sent', 'Check the chat'],
    ['send', 'no', 'Nothing was sent', undefined],
    ['change', 'maybe', 'may have done it all the same', 'Check the session'],
    ['read', 'maybe', 'Nothing was changed', undefined],
  ] as const)('of a %s that reached %s', (effect, reached, sentence, next) => {
    const told = describeInterruption({ reached }, { manifest: wahaManifest, effect })
    expect(told.sentence).toContain(sentence)
    if (next) expect(told.next).toContain(next)
    else expect(told.next).toBeUndefined()
  })
})

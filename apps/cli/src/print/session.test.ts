import type { SessionInfo } from '@wamux/core'
import { manifest } from '@wamux/waha/manifest'
import { expect, it } from 'vitest'
import { paintFor } from '../terminal/terminal.ts'
import { nextText, printSession, printSessions, type SessionView } from './session.ts'
import { shellQuote } from './shell-quote.ts'

const said: string[] = []
const view: SessionView = {
  manifest,
  paint: paintFor({ write() {} }, {}),
  columns: 80,
  gatewayFlag: ' --gateway waha',
  say: (text) => said.push(text),
}
const connected: SessionInfo = {
  session: 'shop',
  state: 'connected',
  account: 'ok',
  nextActions: [],
  me: { jid: '4915112345678@c.us', phone: '+4915112345678', name: 'Jürgen 👍' },
  raw: {},
}
const pairing: SessionInfo = { session: 'my shop', state: 'pairing', challenge: 'qr', account: 'unknown', nextActions: ['scan'], raw: {} }

it('shows one session as names and values', () => {
  expect(printSession(connected, view)).toBe(
    'session  shop\nstate    connected\naccount  ok\nphone    +4915112345678\nname     Jürgen 👍\n',
  )
  expect(printSession(pairing, view)).toBe("session  my shop\nstate    pairing (qr)\nnext     wamux session qr 'my shop' --gateway waha\n")
})

it('shows sessions as a table', () => {
  expect(printSessions([connected, pairing], view)).toBe(
    [
      'SESSION  STATE         ACCOUNT  PHONE           NAME',
      'shop     connected     ok       +4915112345678  Jürgen 👍',
      'my shop  pairing (qr)',
      '',
    ].join('\n'),
  )
})

it('says on stderr that there is none', () => {
  expect(printSessions([], view)).toBe('')
  expect(said).toEqual(['WAHA has no session yet. Make one: wamux session create'])
})

it('knows what helps next', () => {
  expect(nextText({ ...pairing, nextActions: ['wait', 'restart'], session: 'a' }, '')).toBe('wamux session wait-for a')
  expect(nextText({ ...pairing, challenge: 'passkey' }, '')).toBe('confirm the passkey on the phone')
  expect(nextText({ ...pairing, nextActions: ['pay'] }, '')).toContain('unpaid')
})

it('quotes for a shell', () => {
  expect(shellQuote('default')).toBe('default')
  expect(shellQuote("it's $(rm)")).toBe(`'it'\\''s $(rm)'`)
  expect(shellQuote('')).toBe("''")
})

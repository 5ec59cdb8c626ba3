import { describe, expect, it } from 'vitest'
import { parseAddress, toJid } from './address.ts'

describe('parseAddress', () => {
  it.each([
    ['+49 151 1234-5678', 'phone', '4915112345678'],
    ['+49 ( 151 ) 12345-6780', 'phone', '49151123456780'],
    ['4915112345678', 'phone', '4915112345678'],
    ['4915112345678@c.us', 'phone', '4915112345678'],
    ['4915112345678:7@s.whatsapp.net', 'phone', '4915112345678'],
    ['120363025246125016@g.us', 'group', '120363025246125016'],
    ['491511234567-1500000000@g.us', 'group', '491511234567-1500000000'],
    ['120363025246125016@newsletter', 'channel', '120363025246125016'],
    ['123456789@lid', 'lid', '123456789'],
    ['status@broadcast', 'broadcast', 'status'],
  ])('reads %s', (value, kind, user) => {
    expect(parseAddress(value)).toEqual({ kind, user })
  })

  it.each(['', 'hello', '+12', '+0123456789', '1234567890123456', 'a@b.c', '1@2@c.us', '../x@g.us', ' ', '+49151@c.us@g.us'])(
    'refuses %j and says what was expected',
    (value) => {
      expect(() => parseAddress(value)).toThrow(expect.objectContaining({ kind: 'invalid_request', field: 'to' }))
      expect(() => parseAddress(value)).toThrow(/E\.164/)
    },
  )

  it.each([
    '+49 (0) 151 12345678',
    '+49(0)15112345678',
    '+44 ( 0 )7911 123456',
    '49(0)15112345678@c.us',
    '+49(0\t)15112345678',
    '+49 (\u00a00\u00a0\u00a0) 15112345678',
  ])('refuses %j, which would be the number of somebody else with the zero', (value) => {
    expect(() => parseAddress(value)).toThrow(expect.objectContaining({ kind: 'invalid_request', field: 'to' }))
  })

  it('writes JIDs in the form a gateway wants', () => {
    expect(toJid(parseAddress('+4915112345678'))).toBe('4915112345678@c.us')
    expect(toJid(parseAddress('+4915112345678'), 's.whatsapp.net')).toBe('4915112345678@s.whatsapp.net')
    expect(toJid(parseAddress('1203@g.us'), 's.whatsapp.net')).toBe('1203@g.us')
  })
})

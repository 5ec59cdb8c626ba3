import { describe, expect, it } from 'vitest'
import { engineAck, engineEvents, engineMessage, enginePresence, participantsIn, timeOf } from '../src/index.ts'
import { C, G, L, me, phone, S } from './payloads.ts'

const read = (word: string, payload: object) => engineEvents({ word, session: 'main', id: 'evt', me, payload })[0]?.data

describe('a number beside a LID is read from any field that is called like the one with the LID', () => {
  const direct = [
    'remoteJidAlt',
    'remoteJidPn',
    'fromAlt',
    'fromPn',
    'fromPhone',
    'fromPhoneNumber',
    'senderPn',
    'senderAlt',
    'chatPn',
    'chatIdAlt',
  ]
  it.each(direct)('%s', (name) => {
    const payload = { id: `false_${L}_M`, from: L, sender: L, chatId: L, body: 'x', _data: { key: { remoteJid: L, id: 'M' } } }
    const told = (more: object) => engineMessage('main', { ...payload, ...more }).phone
    expect([told({ [name]: S }), told({ _data: { key: { remoteJid: L, id: 'M', [name]: S } } })].filter(Boolean)).not.toEqual([])
  })

  it.each(['participantAlt', 'participantPn', 'participantPhoneNumber', 'authorAlt', 'authorPn', 'authorPhone'])(
    '%s in a group',
    (name) => {
      const payload = { id: `false_${G}_M_${L}`, from: G, participant: L, author: L, body: 'x', [name]: S }
      expect(engineMessage('main', payload)).toMatchObject({ phone, person: { id: L, lid: L, phone } })
    },
  )

  it.each(['participantAlt', 'participantPn', 'participantPhone', 'pn', 'phoneNumber'])('%s of a presence', (name) => {
    const { presences } = enginePresence('main', { id: G, presences: [{ participant: L, lastKnownPresence: 'typing', [name]: S }] }, '')
    expect(presences).toMatchObject([{ id: L, phone, lid: L }])
  })

  it('not from a field of another person', () => {
    const other = { id: `false_${G}_M_${L}`, from: G, participant: L, body: 'x', sender: '555000000000000@lid', senderPhone: C, toPn: C }
    expect(engineMessage('main', other).phone).toBe(undefined)
  })
})

describe('persons of a group are found however they are written', () => {
  const known = { id: L, phone, lid: L }
  it.each([
    ['a JID', S, [{ id: C, phone }]],
    [
      'JIDs in a text',
      `${S}, ${L}`,
      [
        { id: C, phone },
        { id: L, lid: L },
      ],
    ],
    ['digits', ['4915112345678'], [{ id: C, phone }]],
    ['a number alone', [{ phoneNumber: S }], [{ id: C, phone }]],
    ['a number for people', [{ id: L, phone: '+49 151 1234-5678' }], [known]],
    ['a number that is one', [{ id: L, phone: 4915112345678 }], [known]],
    ['a LID alone', [{ lid: L }], [{ id: L, lid: L }]],
    ['objects by JID', { [L]: { pn: C } }, [known]],
    ['JIDs as objects', [{ id: { _serialized: L }, pn: { user: '4915112345678', server: 'c.us' } }], [known]],
    ['nobody', [null, 5, [], '', {}, { id: 'x' }], []],
  ])('%s', (_, value, persons) => {
    expect(participantsIn(value)).toEqual(persons)
    expect(read('group.v2.participants', { group: { id: G }, type: 'join', participants: value })).toMatchObject({
      participants: persons.map(({ id }) => id),
    })
  })
})

it('the author in the id of a message is who edited it', () => {
  expect(read('message.edited', { id: `false_${G}_M_${L}`, newBody: 'y' })).toMatchObject({ from: L })
})

describe('times', () => {
  const time = 1_788_300_000_123
  it.each([
    ['ms', time],
    ['ms as text', `${time}`],
    ['a date', new Date(time).toISOString()],
    ['two halves', { low: time % 2 ** 32, high: Math.floor(time / 2 ** 32), unsigned: true }],
  ])('%s', (_, value) => {
    expect(timeOf(value)).toBe(time)
  })

  it.each([0, -1, time * 1000, `${time}456789`, 1e21, 1e300, Number.MAX_VALUE, '9'.repeat(400)])('%s is none', (value) => {
    expect(timeOf(value)).toBe(undefined)
  })
})

it('the number of a status is not that of an ack, as a text either', () => {
  expect(['0', '1', '2', '3', '4', '5'].map((status) => engineAck({ status }))).toEqual(
    [0, 1, 2, 3, 4, 5].map((status) => engineAck({ status })),
  )
  expect([engineAck({ ack: '3' }), engineAck({ status: '3' })]).toEqual(['read', 'delivered'])
})

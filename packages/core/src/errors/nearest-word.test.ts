import { expectLinear, repeated } from '@wamux/testkit/growth'
import { expect, it } from 'vitest'
import { nearestWord } from './nearest-word.ts'

const IDS = ['sessions.list', 'sessions.start', 'sessions.stop', 'chats.list', 'messages.sendText']

it.each([
  ['sesions.lst', 'sessions.list'],
  ['Sessions.List', 'sessions.list'],
  ['sessions.sotp', 'sessions.stop'],
  ['session.list', 'sessions.list'],
  ['message.sendtext', 'messages.sendText'],
  ['chat.list', 'chats.list'],
])('%s meant %s', (typed, meant) => {
  expect(nearestWord(typed, IDS)).toBe(meant)
})

it.each(['', 'x', 'weather.today', 'sessions', '__proto__'])('%s is near none', (typed) => {
  expect(nearestWord(typed, IDS)).toBeUndefined()
})

it('finds every id again after any one letter was left out, doubled or swapped with the next', () => {
  for (const id of IDS) {
    for (let index = 0; index < id.length; index += 1) {
      const [start, letter = '', rest] = [id.slice(0, index), id[index], id.slice(index + 1)]
      const typos = [start + rest, start + letter + letter + rest, start + rest.slice(0, 1) + letter + rest.slice(1)]
      for (const typo of typos) expect(nearestWord(typo, IDS)).toBe(id)
    }
  }
})

it('does not compare words whose length alone tells that they differ', async () => {
  await expectLinear((text) => nearestWord(text, IDS), repeated('s'), 100_000)
  await expectLinear((text) => nearestWord('sessions.list', [text, ...IDS]), repeated('s'), 100_000)
})

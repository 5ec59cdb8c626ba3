import { expect, it } from 'vitest'
import { nearestId } from './nearest-id.ts'

const IDS = ['sessions.list', 'sessions.start', 'sessions.stop', 'chats.list', 'messages.sendText']

it.each([
  ['sesions.lst', 'sessions.list'],
  ['Sessions.List', 'sessions.list'],
  ['sessions.sotp', 'sessions.stop'],
  ['session.list', 'sessions.list'],
  ['message.sendtext', 'messages.sendText'],
  ['chat.list', 'chats.list'],
])('%s meant %s', (typed, meant) => {
  expect(nearestId(typed, IDS)).toBe(meant)
})

it.each(['', 'x', 'weather.today', 'sessions', '__proto__'])('%s is near none', (typed) => {
  expect(nearestId(typed, IDS)).toBeUndefined()
})

it('finds every id again after any one letter was left out, doubled or swapped with the next', () => {
  for (const id of IDS) {
    for (let index = 0; index < id.length; index += 1) {
      const [start, letter = '', rest] = [id.slice(0, index), id[index], id.slice(index + 1)]
      const typos = [start + rest, start + letter + letter + rest, start + rest.slice(0, 1) + letter + rest.slice(1)]
      for (const typo of typos) expect(nearestId(typo, IDS)).toBe(id)
    }
  }
})

it('takes no longer for a long text than for a short one', () => {
  const cost = (length: number) => {
    const before = process.cpuUsage()
    for (let round = 0; round < 200; round += 1) nearestId('s'.repeat(length), IDS)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  // the least of several, as others work on this machine too
  const least = (length: number) => Math.min(...Array.from({ length: 4 }, () => cost(length)))
  cost(1_000)
  expect(least(400_000)).toBeLessThan(5 * Math.max(least(100_000), 2_000))
})

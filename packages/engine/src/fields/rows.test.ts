import { expect, it } from 'vitest'
import { channelIdOf, chatIdOf, groupIdOf, personIdOf } from './ids.ts'
import { rowsOf, withId } from './rows.ts'

it.each([
  [
    [1, 2],
    [1, 2],
  ],
  [{ '1@g.us': { id: 'a' }, '2@g.us': { id: 'b' } }, [{ id: 'a' }, { id: 'b' }]],
  [{ success: true, data: [1] }, [1]],
  [{ success: true, message: 'Operation completed successfully' }, []],
  [undefined, []],
  ['text', []],
])('the items of %j', (data, rows) => {
  expect(rowsOf(data)).toEqual(rows)
})

it('leaves out what has no id', () => {
  expect([{ id: '' }, { id: 'a' }].map(withId)).toEqual([undefined, { id: 'a' }])
})

it('has ids of the kind that is asked for', () => {
  expect(chatIdOf('+1 202-555-0143', 'to')).toBe('12025550143@c.us')
  expect(personIdOf('12025550143@s.whatsapp.net', 'contact')).toBe('12025550143@c.us')
  expect(personIdOf('7@lid', 'contact')).toBe('7@lid')
  expect([groupIdOf('1@g.us'), channelIdOf('2@newsletter')]).toEqual(['1@g.us', '2@newsletter'])
  const wrong = [
    () => personIdOf('1@g.us', 'contact'),
    () => groupIdOf('+12025550143'),
    () => channelIdOf('1@g.us'),
    () => chatIdOf('', 'to'),
  ]
  const fields = wrong.map((call) => {
    try {
      return call()
    } catch (error) {
      return (error as { field: string }).field
    }
  })
  expect(fields).toEqual(['contact', 'group', 'channel', 'to'])
})

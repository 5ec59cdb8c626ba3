import { expect, it } from 'vitest'
import { message, openScene, SENDER_PHONE } from './scene.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Numbers of four countries with one time zone each. */
const COUNTRIES = [
  { zone: 'Europe/Berlin', number: (index: number) => `+49151${String(10_000_000 + index)}` },
  { zone: 'Asia/Tokyo', number: (index: number) => `+8190${String(10_000_000 + index)}` },
  { zone: 'Asia/Kolkata', number: (index: number) => `+9198765${String(10_000 + index)}` },
  { zone: 'Africa/Johannesburg', number: (index: number) => `+2782${String(1_000_000 + index)}` },
] as const
const MESSAGES = 200
const KNOWN = 60
const PACE = {
  intervalMs: 30_000,
  perHour: 20,
  perDay: 120,
  newChatsPerHour: 12,
  newChatsPerDay: 70,
  quietHours: { from: '21:00', to: '08:00' },
}

/** The most times in any window. */
function mostIn(times: readonly number[], windowMs: number): number {
  return times.reduce((most, at, index) => Math.max(most, times.slice(index).filter((one) => one < at + windowMs).length), 0)
}

it('some days of a shop: caps and quiet hours are kept, limits of the account waited for, and everything is sent', async () => {
  const { emulator, outbox, store, clock } = await openScene({ pace: PACE, pollMs: MINUTE, random: Math.random })
  const countryOf = (index: number) => COUNTRIES[index % COUNTRIES.length] ?? COUNTRIES[0]
  const list = Array.from({ length: MESSAGES }, (_, index) => message(index, { to: countryOf(index).number(index) }))
  // the last ones wrote with the shop before
  const known = new Set(list.slice(-KNOWN).map(({ to }) => to))
  for (const to of known) await emulator.control.message({ from: to, to: `+${SENDER_PHONE}`, text: 'warm-up' })
  await clock.advance(MINUTE)
  await outbox.addKnownChats([...known])
  await outbox.add(list)
  const began = clock.now()
  const limits = [
    { from: began + HOUR, state: 'timelock', minutes: 7 * 60 },
    { from: began + 33 * HOUR, state: 'capping', minutes: 6 * 60, used: 100, quota: 100 },
  ] as const
  const end = new AbortController()
  const run = outbox.run(end.signal)
  const pauses = new Set<string>()
  for (let minute = 0; minute < 6 * 24 * 60; minute++) {
    await clock.advance(MINUTE)
    for (const { from, ...limit } of limits)
      if (clock.now() - from >= 0 && clock.now() - from < MINUTE) await emulator.control.account({ ...limit, phone: SENDER_PHONE })
    if (minute % 15 === 0) {
      const { pause, counts } = await outbox.status()
      if (pause) pauses.add(pause.cause)
      if (counts.queued === 0 && counts.sending === 0) break
    }
  }
  end.abort()
  await run

  const arrived = (await emulator.control.messages()).filter(({ text = '' }) => text.startsWith('Hello '))
  expect(arrived.map(({ text }) => text).sort()).toEqual(list.map(({ text }) => text).sort())
  expect((await outbox.status()).counts).toMatchObject({ queued: 0, sending: 0, unknown: 0, refused: 0 })
  const { sends } = await store.history(outbox.sender, 0)
  const all = sends.map(({ at }) => at)
  const toNew = sends.filter(({ newChat }) => newChat).map(({ at }) => at)
  const seen = [mostIn(all, HOUR), mostIn(all, DAY), mostIn(toNew, HOUR), mostIn(toNew, DAY)]
  const days = (clock.now() - began) / DAY
  console.log(
    `${days.toFixed(1)} days, ${sends.length} sends begun; most in an hour, a day, new chats in an hour, a day: ${seen.join(', ')}`,
  )
  const caps = [PACE.perHour, PACE.perDay, PACE.newChatsPerHour, PACE.newChatsPerDay]
  for (const [index, most] of seen.entries()) expect(most).toBeLessThanOrEqual(caps[index] ?? 0)
  // the limit of new chats is what holds this list up, and it is used to the last one
  expect(seen[3]).toBe(PACE.newChatsPerDay)

  // when each was begun, from the changes of the store
  const begunAt = new Map((await store.changes(0, 10_000)).filter(({ to }) => to === 'sent').map(({ key, at }) => [key, at]))
  for (const [index, { key, to }] of list.entries()) {
    const at = begunAt.get(key) ?? 0
    const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone: countryOf(index).zone, hour: '2-digit', hourCycle: 'h23' }).format(at))
    expect({ key, hour, awake: hour >= 8 && hour < 21 }).toMatchObject({ awake: true })
    for (const { from, minutes } of limits) {
      if (!known.has(to)) expect({ key, at: at - from > MINUTE && at < from + minutes * MINUTE }).toEqual({ key, at: false })
    }
  }
  // people who are known got theirs while the account might not begin new chats
  const during = [...known].filter((to) => {
    const at = begunAt.get(list.find((one) => one.to === to)?.key ?? '') ?? 0
    return limits.some(({ from, minutes }) => at > from && at < from + minutes * MINUTE)
  })
  expect([...pauses]).toEqual(['limited'])
  console.log(`${during.length} known people were written to during a limit`)
  expect(during.length).toBeGreaterThan(0)
}, 600_000)

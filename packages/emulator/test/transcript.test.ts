import { expect, test } from 'vitest'
import { runTranscript } from './transcript-run.ts'

test('the same scenario and calls give the same transcript, byte for byte; another seed gives other ids', async () => {
  const [one, again, other] = [await runTranscript(), await runTranscript(), await runTranscript(22)]
  expect(again).toBe(one)
  expect(other).not.toBe(one)
  const { transcript } = JSON.parse(one) as { transcript: { type: string; gateway?: string; status?: number }[] }
  for (const gateway of ['waha', 'wawp', 'warest', 'sparkbot']) {
    for (const type of ['request', 'session', 'webhook']) {
      expect(
        transcript.some((line) => line.type === type && line.gateway === gateway),
        `${type} of ${gateway}`,
      ).toBe(true)
    }
  }
  for (const type of ['message', 'ack', 'reaction', 'group-joined']) expect(transcript.map((line) => line.type)).toContain(type)
  expect(transcript.some(({ type, status }) => type === 'webhook' && status === 503)).toBe(true)
  // keys and what was signed with them are not in it
  expect(JSON.stringify(transcript)).not.toMatch(/hook-secret|emulator-\w+-(key|token)/)
})

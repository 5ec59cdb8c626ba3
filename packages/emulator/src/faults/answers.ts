import type { Clock } from '@wamux/core'
import { Answer, bytesOf } from '../wire/answer.ts'
import { ConnectionLost } from './connection-lost.ts'

/** An answer whose body ends in the middle. */
export async function cutOff(answer: Answer): Promise<Answer> {
  const bytes = await bytesOf(answer)
  return new Answer(answer.status, answer.headers, bytes.slice(0, Math.ceil(bytes.length / 2)), new ConnectionLost())
}

const TICK_MS = 100

/** An answer whose body comes some bytes at a time. */
export async function dripping(answer: Answer, bytesPerSecond: number, clock: Clock): Promise<Answer> {
  const bytes = await bytesOf(answer)
  const piece = Math.max(1, Math.round((bytesPerSecond * TICK_MS) / 1000))
  // fewer than ten bytes a second come one by one
  const pauseMs = Math.max(TICK_MS, 1000 / bytesPerSecond)
  let sent = 0
  let cancel = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (sent >= bytes.length) return controller.close()
        await new Promise<void>((resolve) => {
          cancel = clock.after(pauseMs, resolve)
        })
        controller.enqueue(bytes.slice(sent, sent + piece))
        sent += piece
      },
      cancel: () => cancel(),
    },
    { highWaterMark: 0 },
  )
  return new Answer(answer.status, answer.headers, body)
}

const HEAD = '{"padding":"'
const TAIL = '"}'
const PIECE = 65_536

/** An answer of so many bytes, which is made while it is read. */
export function padded(bytes: number): Answer {
  const encoder = new TextEncoder()
  const padding = encoder.encode('x'.repeat(PIECE))
  let left = Math.max(0, bytes - HEAD.length - TAIL.length)
  let begun = false
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (!begun) {
          begun = true
          return controller.enqueue(encoder.encode(HEAD))
        }
        if (left > 0) {
          controller.enqueue(padding.slice(0, left))
          left -= Math.min(left, PIECE)
          return
        }
        controller.enqueue(encoder.encode(TAIL))
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  return new Answer(200, { 'content-type': 'application/json; charset=utf-8' }, body)
}

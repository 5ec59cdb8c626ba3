import type { Clock } from '@wamux/core'
import { ConnectionLost } from './connection-lost.ts'

/** Answers that a server must send as they come, not when they are whole. */
const SLOWLY: WeakSet<Response> = new WeakSet()

/** Whether an answer comes piece by piece. */
export function comesSlowly(response: Response): boolean {
  return SLOWLY.has(response)
}

function inPieces(response: Response, body: ReadableStream<Uint8Array>): Response {
  const answer = new Response(body, { status: response.status, headers: response.headers })
  SLOWLY.add(answer)
  return answer
}

/** An answer whose body ends in the middle. */
export async function cutOff(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.slice(0, Math.ceil(bytes.length / 2)))
    },
    pull(controller) {
      controller.error(new ConnectionLost())
    },
  })
  return new Response(body, { status: response.status, headers: response.headers })
}

const TICK_MS = 100

/** An answer whose body comes some bytes at a time. */
export async function dripping(response: Response, bytesPerSecond: number, clock: Clock): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer())
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
  return inPieces(response, body)
}

const HEAD = '{"padding":"'
const TAIL = '"}'
const PIECE = 65_536

/** An answer of so many bytes, which is made while it is read. */
export function padded(bytes: number): Response {
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
  return inPieces(new Response(null, { headers: { 'content-type': 'application/json; charset=utf-8' } }), body)
}

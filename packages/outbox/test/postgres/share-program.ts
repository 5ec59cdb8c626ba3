// One machine of several: shares the numbers of a store with the others, and sends over a gateway that only writes down what it got.
import { appendFileSync } from 'node:fs'
import type { GatewayBase } from '@wamux/core'
import { createOutbox } from '../../src/index.ts'
import { openPostgresStore, shareNumbers } from '../../src/postgres/index.ts'
import { FAST } from '../scene.ts'

/** What the program is told, as JSON in its first argument. */
export interface ShareInput {
  readonly connectionString: string
  readonly schema: string
  readonly numbers: number
  /** File that stands for what arrived. */
  readonly arrived: string
  readonly turnMs: number
  /** How long the gateway takes for each message, ms. */
  readonly answerMs: number
}

const input = JSON.parse(process.argv[2] ?? '{}') as ShareInput
const sendText = async ({ session, text }: { session: string; text: string }) => {
  appendFileSync(input.arrived, `${session} ${text} ${process.pid}\n`)
  await new Promise((resolve) => setTimeout(resolve, input.answerMs))
  return { session, id: `${session} ${text}`, to: '', status: 'sent', raw: {} }
}
const gateway = {
  manifest: { id: 'fake', name: 'Fake', capabilities: { 'message.sendText': {} } },
  message: { sendText },
} as unknown as GatewayBase
const store = await openPostgresStore({ connectionString: input.connectionString, schema: input.schema })
const sessions = Array.from({ length: input.numbers }, (_, index) => `s${index}`)
const outboxes = sessions.map((session) => createOutbox({ gateway, session, store, pace: { ...FAST, failures: false }, pollMs: 100 }))
await shareNumbers({
  connectionString: input.connectionString,
  schema: `${input.schema}_turns`,
  outboxes,
  turnMs: input.turnMs,
  atOnce: 2,
  until: 'empty',
})
await store.close()

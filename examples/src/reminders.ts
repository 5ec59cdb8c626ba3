// Reminders from a list, each sent once, also after a crash: node examples/src/reminders.ts reminders.csv
// With columns `order`, `phone` and `name`. Start it again after Ctrl-C: it goes on where it was.

import { createReadStream } from 'node:fs'
import { createOutbox, importCsv } from '@wamux/outbox'
import { openSqliteStore } from '@wamux/outbox/sqlite'
import { createWaha } from '@wamux/waha'
import { variable } from './environment.ts'

const list = process.argv[2] ?? 'reminders.csv'
const gateway = createWaha({ baseUrl: variable('WAMUX_WAHA_BASE_URL'), apiKey: variable('WAMUX_WAHA_API_KEY') })
const store = await openSqliteStore(process.env.OUTBOX ?? 'reminders.db')
const outbox = createOutbox({ gateway, session: 'default', store, pace: { intervalMs: Number(process.env.INTERVAL_MS ?? 8_000) } })

const text = 'Hello {name}, your order {order} is ready.'
// the same list a second time adds nothing: the key is the order
const { added } = await importCsv(outbox, () => createReadStream(list), { text, key: 'order-{order}' })

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
await outbox.run(stop.signal, { until: 'empty' })
console.log(`${added} new`, JSON.stringify((await outbox.status()).counts))
await store.close()

// Writes a chat's history as one JSON object per line, a page at a time, whatever its length:
//   node examples/src/export-history.ts +12025550101 > history.jsonl

import { once } from 'node:events'
import { createWaha } from '@wamux/waha'
import { variable } from './environment.ts'

const chat = process.argv[2] ?? ''
const waha = createWaha({ baseUrl: variable('WAMUX_WAHA_BASE_URL'), apiKey: variable('WAMUX_WAHA_API_KEY') })

let count = 0
for await (const { id, at, fromMe, text } of waha.message.list({ session: 'default', chat })) {
  count += 1
  // a slow reader makes this program wait, instead of filling its memory
  if (!process.stdout.write(`${JSON.stringify({ id, at, fromMe, text })}\n`)) await once(process.stdout, 'drain')
}
console.error(`${count} messages, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB of memory`)

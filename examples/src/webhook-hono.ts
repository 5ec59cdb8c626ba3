// A bot that answers, with Hono: WEBHOOK_SECRET=… node examples/src/webhook-hono.ts

import { serve } from '@hono/node-server'
import { createWebhookHandler } from '@wamux/core/webhooks'
import { createWaha, parseWebhook } from '@wamux/waha'
import { Hono } from 'hono'
import { variable } from './environment.ts'

const waha = createWaha({ baseUrl: variable('WAMUX_WAHA_BASE_URL'), apiKey: variable('WAMUX_WAHA_API_KEY') })

const handle = createWebhookHandler({
  parse: (request) => parseWebhook(request, { secrets: [variable('WEBHOOK_SECRET')] }),
  async onEvent(event) {
    if (event.type !== 'message.received' || event.data.message.text !== 'opening hours') return
    await waha.message.sendText({ session: event.session, to: event.data.message.chat, text: 'Monday to Friday, 9 to 17.' })
  },
})

const app = new Hono()
// the raw request: signatures are made over the bytes that came
app.post('/webhooks/waha', (c) => handle(c.req.raw))

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT ?? 8080) }, ({ port }) =>
  console.log(`listening on ${port}`),
)

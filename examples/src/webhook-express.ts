// A bot that answers, with Express: WEBHOOK_SECRET=… node examples/src/webhook-express.ts

import type { AddressInfo } from 'node:net'
import { createWebhookHandler, nodeListener } from '@wamux/core/webhooks'
import { createWaha, parseWebhook } from '@wamux/waha'
import express from 'express'
import { variable } from './environment.ts'

const waha = createWaha({ baseUrl: variable('WAMUX_WAHA_BASE_URL'), apiKey: variable('WAMUX_WAHA_API_KEY') })

const handle = createWebhookHandler({
  parse: (request) => parseWebhook(request, { secrets: [variable('WEBHOOK_SECRET')] }),
  async onEvent(event) {
    if (event.type !== 'message.received' || event.data.message.text !== 'opening hours') return
    await waha.message.sendText({ session: event.session, to: event.data.message.chat, text: 'Monday to Friday, 9 to 17.' })
  },
})

const app = express()
// before any body parser: signatures are made over the bytes that came
app.post('/webhooks/waha', nodeListener(handle))
app.use(express.json())

const server = app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () =>
  console.log(`listening on ${(server.address() as AddressInfo).port}`),
)

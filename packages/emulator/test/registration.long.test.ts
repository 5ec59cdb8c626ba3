import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type GatewayBase, requireVerb, supports, type Webhook } from '@wamux/core'
import { unregisterWebhook } from '@wamux/core/registration'
import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { expect, test } from 'vitest'
import { connectControl, type GatewayId } from '../src/index.ts'
import { serveEmulator } from '../src/server/serve.ts'

const PROGRAM = join(import.meta.dirname, 'register-program.ts')
const FLAGS = ['--conditions=@wamux/source', '--no-warnings']

const GATEWAYS: readonly [GatewayId, (config: never) => GatewayBase][] = [
  ['waha', createWaha as never],
  ['wawp', createWawp as never],
  ['warest', createWarest as never],
  ['sparkbot', createSparkbot as never],
]

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

for (const [id, create] of GATEWAYS) {
  for (const count of [2, 10]) {
    test(`${id}: ${count} programs, killed while they register and started again, have their webhooks, and an event comes once to each`, async () => {
      const server = await serveEmulator({ timings: { starting: 5, connecting: 5, server: 5, device: 10, read: 20 } })
      const receiver = await receive()
      try {
        const { baseUrl, credentials } = server.gateways[id]
        const config = { baseUrl, ...credentials }
        const gateway = create(config as never)
        const { session, phone } = await pair(gateway, server.url, id)
        const urls = Array.from({ length: count }, (_, index) => `${receiver.url}/${index}`)
        const start = (url: string) => spawn(process.execPath, [...FLAGS, PROGRAM, JSON.stringify({ id, config, session, url })])

        for (const afterMs of [200, 500]) {
          const killed = urls.map(start)
          await pause(afterMs * (count === 10 ? 4 : 1))
          for (const program of killed) program.kill('SIGKILL')
        }
        const endings = await Promise.all(urls.map((url) => endOf(start(url))))
        const done = urls.filter((_, index) => endings[index] === 'ok')
        // WARest has room for one webhook: the others are told so
        expect(endings.filter((one) => one !== 'ok')).toEqual(id === 'warest' ? Array(count - 1).fill('conflict') : [])
        expect(await listed(gateway, session)).toEqual([...done].sort())

        await requireVerb(gateway, 'session.waitFor')({ session, state: 'connected' })
        await connectControl(server.url).message({ from: '12025550143', to: phone, text: 'to each of you' })
        await pause(1_500)
        expect(receiver.counts()).toEqual(Object.fromEntries(done.map((url) => [new URL(url).pathname, 1])))

        await Promise.all(urls.map((url) => unregisterWebhook(gateway, { session, urls: [url] })))
        expect(await listed(gateway, session)).toEqual([])
      } finally {
        await server.close()
        await receiver.close()
      }
    })
  }
}

async function pair(gateway: GatewayBase, url: string, id: GatewayId) {
  const input = { session: 'many', start: true, ...(id === 'sparkbot' ? { phone: '+12025550100' } : {}) }
  const { session } = await requireVerb(gateway, 'session.create')(input)
  // WARest tells with the QR code only that it waits for a scan
  if (supports(gateway, 'session.qr')) await until(() => gateway.session.qr({ session }))
  const { phone = '' } = await connectControl(url).scan({ gateway: id, session })
  await requireVerb(gateway, 'session.waitFor')({ session, intervalMs: 5, timeoutMs: 10_000 })
  return { session, phone }
}

async function until(run: () => Promise<unknown>): Promise<void> {
  const ends = Date.now() + 10_000
  while (Date.now() < ends) {
    if (await run().catch(() => undefined)) return
    await pause(20)
  }
  throw new Error('it did not come about')
}

async function listed(gateway: GatewayBase, session: string): Promise<string[]> {
  const all: Webhook[] = []
  for await (const webhook of requireVerb(gateway, 'webhook.list')({ session })) all.push(webhook)
  return all.map(({ url }) => url).sort()
}

async function endOf(program: ChildProcess): Promise<string> {
  let told = ''
  program.stdout?.on('data', (text) => {
    told += text
  })
  await new Promise((resolve) => program.on('close', resolve))
  return told.trim()
}

/** Counts the messages that come, by path. */
async function receive() {
  const found = new Map<string, number>()
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (text) => {
      body += text
    })
    request.on('end', () => {
      response.writeHead(204).end()
      const path = request.url ?? ''
      if (body.includes('to each of you')) found.set(path, (found.get(path) ?? 0) + 1)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: () => Object.fromEntries([...found].sort()),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

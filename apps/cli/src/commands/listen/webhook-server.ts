import { createServer } from 'node:http'
import type { GatewayEvent } from '@wamux/core'
import type { ParseWebhook, WebhookOptions } from '@wamux/core/webhooks'
import type { Context } from '../../command/context.ts'
import { UsageError } from '../../errors/usage-error.ts'

const SECRETS = 'WAMUX_WEBHOOK_SECRET'

/** Receives the gateway's webhooks on a port of this machine. */
export async function* webhookEvents(gateway: string, context: Context): AsyncGenerator<GatewayEvent> {
  const { values, plugins, signal, say, terminal } = context
  const module = (await import(plugins.exportedFile(packageOf(gateway, context), './webhooks', `The webhooks of ${gateway}`))) as {
    parseWebhook?: ParseWebhook<WebhookOptions>
  }
  const { parseWebhook } = module
  if (!parseWebhook) throw new UsageError(`The plugin for ${gateway} cannot read webhooks.`)
  const options = optionsFor(gateway, context)
  const { createWebhookHandler, nodeListener } = await import('@wamux/core/webhooks')
  const queue: GatewayEvent[] = []
  let wake = () => {}
  const handle = createWebhookHandler({
    parse: (request) => parseWebhook(request, options),
    onEvent: (event) => {
      queue.push(event)
      wake()
    },
    onError: (error) => say(`refused a delivery: ${error instanceof Error ? error.message : String(error)}`),
  })
  const server = createServer(nodeListener(handle))
  const port = await startListening(server, Number(values.text('port')), values.text('host') ?? '127.0.0.1')
  say(`Taking webhooks of ${gateway} at http://${values.text('host') ?? '127.0.0.1'}:${port}/ — Ctrl-C ends it.`)
  if (!terminal.env[SECRETS]) say('Deliveries are not checked: anybody who reaches this port can make events up.')
  const end = () => wake()
  signal.addEventListener('abort', end, { once: true })
  try {
    while (!signal.aborted) {
      const event = queue.shift()
      if (event) yield event
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

function packageOf(gateway: string, { plugins }: Context): string {
  const found = plugins.installed().find(({ name }) => name === `@wamux/${gateway}` || name === `wamux-plugin-${gateway}`)
  return found?.name ?? `@wamux/${gateway}`
}

function optionsFor(gateway: string, { values, terminal }: Context): WebhookOptions {
  // several secrets, separated by spaces: while a secret is replaced, both are valid
  const secrets = terminal.env[SECRETS]?.split(/\s+/).filter(Boolean) ?? []
  const unsigned = values.is('unsigned')
  if (secrets.length === 0 && !unsigned) {
    throw new UsageError(`${SECRETS} is missing: without it nobody knows who sent a delivery.`, `export ${SECRETS}=…   or say --unsigned`)
  }
  if (gateway === 'wawp') {
    const signature = unsigned ? 'none' : values.text('signature')
    if (!signature) throw new UsageError('How does Wawp sign? Its sources disagree.', 'Say --signature secret, hmac-sha256 or hmac-sha512.')
    return { secrets, signature } as WebhookOptions
  }
  if (unsigned && gateway === 'warest')
    throw new UsageError('WARest signs every delivery: --unsigned is not needed.', `export ${SECRETS}=…`)
  if (unsigned) return { verify: 'none' } as WebhookOptions
  return (gateway === 'sparkbot' ? { secrets, verify: 'path-token' } : { secrets }) as WebhookOptions
}

function startListening(server: ReturnType<typeof createServer>, port: number, host: string): Promise<number> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port takes a number from 0 to 65535.')
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => reject(new UsageError(`Port ${port} on ${host} cannot be had (${code}).`)))
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

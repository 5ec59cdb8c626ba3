import { createServer } from 'node:http'
import type { GatewayEvent } from '@wamux/core'
import type { ParseWebhook, WebhookOptions } from '@wamux/core/webhooks'
import type { Context } from '../../command/context.ts'
import { countFrom } from '../../command/values.ts'
import { UsageError } from '../../errors/usage-error.ts'

const SECRETS = 'WAMUX_WEBHOOK_SECRET'

/** How many events may wait for the ones before them. Further ones are refused, so that the gateway delivers them again later. */
const MOST_WAITING = 100

/**
 * Receives the gateway's webhooks on a port of this machine, until Ctrl-C. A delivery is answered with 2xx when its events were handled,
 * with 500 when that failed or too many are waiting: gateways deliver such a one again.
 *
 * @param handle called with one event after the other; false when it could not be handled
 */
export async function receiveWebhooks(gateway: string, context: Context, handle: (event: GatewayEvent) => Promise<boolean>): Promise<void> {
  const { values, plugins, signal, say } = context
  const options = await optionsFor(gateway, context)
  const module = (await import(plugins.exportedFile(packageOf(gateway, context), './webhooks', `The webhooks of ${gateway}`))) as {
    parseWebhook?: ParseWebhook<WebhookOptions>
  }
  const { parseWebhook } = module
  if (!parseWebhook) throw new UsageError(`The plugin for ${gateway} cannot read webhooks.`)
  const { createWebhookHandler, nodeListener } = await import('@wamux/core/webhooks')
  const handled = createWebhookHandler({
    parse: (request) => parseWebhook(request, options),
    onEvent: oneByOne(handle, signal),
    onError: (error) => say(`refused a delivery: ${error instanceof Error ? error.message : String(error)}`),
  })
  const server = createServer(nodeListener(handled))
  const port = await startListening(server, countFrom('port', values.required('port'), 65_535), values.text('host') ?? '127.0.0.1')
  say(`Taking webhooks of ${gateway} at http://${values.text('host') ?? '127.0.0.1'}:${port}/ — Ctrl-C ends it.`)
  if (values.is('unsigned')) say('Deliveries are not checked: anybody who reaches this port can make events up.')
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  server.close()
  server.closeAllConnections()
}

/** Handles events in the order in which they came, and refuses those for which there is no room. */
export function oneByOne(handle: (event: GatewayEvent) => Promise<boolean>, signal: AbortSignal): (event: GatewayEvent) => Promise<void> {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return async (event) => {
    if (waiting >= MOST_WAITING) throw new Error(`${MOST_WAITING} events are waiting already`)
    waiting += 1
    const done = last.then(async () => {
      if (signal.aborted) throw new Error('wamux is ending')
      if (!(await handle(event))) throw new Error('the event could not be forwarded')
    })
    last = done.catch(() => {})
    try {
      await done
    } finally {
      waiting -= 1
    }
  }
}

function packageOf(gateway: string, { plugins }: Context): string {
  const found = plugins.installed().find(({ name }) => name === `@wamux/${gateway}` || name === `wamux-plugin-${gateway}`)
  return found?.name ?? `@wamux/${gateway}`
}

async function optionsFor(gateway: string, { values, terminal, hideSecrets }: Context): Promise<WebhookOptions> {
  // several secrets, separated by spaces: while a secret is replaced, both are valid
  const secrets = terminal.env[SECRETS]?.split(/\s+/).filter(Boolean) ?? []
  const unsigned = values.is('unsigned')
  await hideSecrets(secrets)
  if (unsigned && secrets.length > 0) {
    throw new UsageError(
      `--unsigned and ${SECRETS} contradict each other: deliveries are checked, or they are not.`,
      `Leave --unsigned out, or unset ${SECRETS}`,
    )
  }
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

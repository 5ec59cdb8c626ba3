import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Item, Json, Run, WorkflowNode } from '../engine/n8n-types.ts'
import type { LoadedPackage } from '../engine/package-under-test.ts'
import { watched } from '../engine/subject.ts'
import type { TestedGateway } from '../gateways.ts'
import { type Case, failureOf } from './operation-cases.ts'

const NODE = 'Gateway'
const TYPE = 'whatsAppGateway'
const SEND: Json = {
  resource: 'message',
  operation: 'sendText',
  session: { __rl: true, mode: 'id', value: 'default' },
  to: { __rl: true, mode: 'phone', value: '+4915112345678' },
  text: 'Hello',
}
const LOOK: Json = { resource: 'session', operation: 'get', session: { __rl: true, mode: 'id', value: 'default' } }
/** n8n's own words, and what else would make somebody send again. */
const INVITATION = /retry the request|try again|retrying|ECONN/i

/** What n8n's own error classes and engine make of failures, at one gateway. */
export function errorCases(gateway: TestedGateway, loaded: LoadedPackage, lab: string): Case[] {
  const named = (what: string, run: () => Promise<string[]>): Case => ({ name: `${gateway.id} errors: ${what}`, run })
  const attempt = async (url: string, parameters: Json, settings: Partial<WorkflowNode> = {}, more: Json = {}): Promise<Run> => {
    const { engine } = watched(TYPE, loaded, lab)
    const node = {
      name: NODE,
      type: TYPE,
      parameters: { gateway: gateway.id, ...parameters },
      credentials: { [gateway.credential]: { id: '1', name: 'test' } },
      ...settings,
    }
    return engine.run(node, [{ json: {} }], { [gateway.credential]: { baseUrl: url, ...gateway.secrets, ...more } })
  }
  return [
    named('a lost answer to a send invites nobody to send again', async () => {
      const server = await listening((request) => request.socket.destroy())
      try {
        const { error, status } = await attempt(server.url, SEND)
        const text = `${error?.message} ${error?.description}`
        return [
          ...(status === 'error' ? [] : [`it ended with ${status}`]),
          ...(/may have been done/.test(error?.message ?? '') ? [] : [`the headline is "${error?.message}"`]),
          ...(INVITATION.test(text) ? [`it invites to a repeat: ${text}`] : []),
          ...(server.requests() === 1 ? [] : [`${server.requests()} requests were made`]),
        ]
      } finally {
        await server.close()
      }
    }),
    named('a failed item keeps what a workflow decides by', async () => {
      const server = await listening((_request, response) => {
        response
          .writeHead(404, { 'content-type': 'application/json' })
          .end(JSON.stringify({ message: 'Nobody knows this one', status: false }))
      })
      try {
        const run = await attempt(server.url, SEND, { onError: 'continueRegularOutput' })
        const [item] = run.itemsOf(NODE)
        return [...failed(run), ...detailsProblems(item, { kind: 'not_found', httpCode: '404' })]
      } finally {
        await server.close()
      }
    }),
    named('a failed item of a lost answer says that it may be done', async () => {
      const server = await listening((request) => request.socket.destroy())
      try {
        const run = await attempt(server.url, SEND, { onError: 'continueErrorOutput' })
        const [item] = run.outputsOf(NODE)[1] ?? []
        return [...failed(run), ...detailsProblems(item, { kind: 'unknown_outcome', mayBeDone: true })]
      } finally {
        await server.close()
      }
    }),
    named('words of a broken program do not lead', async () => {
      const said = "Cannot read properties of undefined (reading 'update')"
      const server = await listening((_request, response) => {
        response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ message: said }))
      })
      try {
        const { error } = await attempt(server.url, LOOK)
        const { message = '', description } = error ?? {}
        return message.includes('undefined') || !description?.includes(said) ? [`"${message}", "${description}"`] : []
      } finally {
        await server.close()
      }
    }),
    named('a certificate of its own is named, and taken when that is said', async () => {
      const server = await listeningTls()
      try {
        const refused = await attempt(server.url, SEND)
        const taken = await attempt(server.url, LOOK, {}, { ignoreSslIssues: true })
        const text = `${refused.error?.message} ${refused.error?.description}`
        return [
          ...(/certificate.*not trusted/.test(text) && text.includes('Ignore SSL Issues') ? [] : [`it says "${text}"`]),
          ...(server.requests() > 0 ? [] : [`nothing came through: ${failureOf(taken)}`]),
        ]
      } finally {
        await server.close()
      }
    }),
  ]
}

function failed(run: Run): string[] {
  const failure = failureOf(run)
  return failure ? [failure] : []
}

function detailsProblems(item: Item | undefined, wanted: Json): string[] {
  const { error, message, details } = (item?.json ?? {}) as { error?: unknown; message?: unknown; details?: Json }
  const missing = Object.entries(wanted).filter(([name, value]) => details?.[name] !== value)
  return [
    ...(typeof error === 'string' && typeof message === 'string'
      ? []
      : [`the item has no error and message: ${JSON.stringify(item?.json)}`]),
    ...missing.map(([name]) => `details.${name} is ${String(details?.[name])}`),
  ]
}

interface Listening {
  readonly url: string
  requests(): number
  close(): Promise<void>
}

async function listening(answer: RequestListener): Promise<Listening> {
  return counted((listener) => createServer(listener), answer, 'http')
}

/** A server whose certificate nobody has signed. */
async function listeningTls(): Promise<Listening> {
  const folder = mkdtempSync(join(tmpdir(), 'wamux-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-keyout', key, '-out', cert]
  const { status, stderr } = spawnSync('openssl', words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl is needed for a certificate: ${stderr}`)
  const pair = { key: readFileSync(key), cert: readFileSync(cert) }
  rmSync(folder, { recursive: true })
  const answer: RequestListener = (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
  return counted((listener) => createTlsServer(pair, listener), answer, 'https')
}

async function counted(
  create: (listener: RequestListener) => ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>,
  answer: RequestListener,
  protocol: string,
): Promise<Listening> {
  let requests = 0
  const server = create((request, response) => {
    requests += 1
    request.resume()
    request.once('end', () => answer(request, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

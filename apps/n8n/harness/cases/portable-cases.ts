import { supports, type VerbId } from '@wamux/core'
import { serveEmulator } from '@wamux/emulator/server'
import type { Item, Json } from '../engine/n8n-types.ts'
import type { LoadedPackage } from '../engine/package-under-test.ts'
import { watched } from '../engine/subject.ts'
import type { TestedGateway } from '../gateways.ts'
import { openLine, SOMEBODY } from '../network.ts'
import { newestMessage } from './emulator-cases.ts'
import { placesIn } from './form.ts'
import { type Case, failureOf } from './operation-cases.ts'
import { BINARY } from './sent-file.ts'

const NODE = 'Gateway'
const TYPE = 'whatsAppGateway'

/** Fields of the portable node's operations; each shows only where it belongs. */
const FILLED: Json = {
  to: { __rl: true, mode: 'phone', value: `={{ '+${SOMEBODY}' }}` },
  text: 'Hello',
  kind: 'image',
  fileSource: 'url',
  fileUrl: 'https://example.com/picture.png',
  latitude: 48.1,
  longitude: 11.6,
  question: 'Which?',
  pollOptions: ['one', 'other'],
  emoji: '👍',
  phone: `+${SOMEBODY}`,
  whichMessage: 'chosen',
  responseType: 'approval',
}

/** Options of operations that wait for a person, who does not come here. */
const WAITING: Readonly<Record<string, Json>> = { sendAndWait: { waitLimit: 1, unit: 'minutes' }, waitForReply: { minutes: 0.01 } }

const VERBS: Readonly<Record<string, string>> = {
  'message.sendFile': 'message.sendImage',
  'message.replyToMessage': 'message.sendText',
  'message.sendAndWait': 'message.sendText',
  'message.waitForReply': 'message.list',
}

/** Every operation of the portable node at one gateway: it works, or says that the gateway has no such thing. */
export function portableCases(gateway: TestedGateway, loaded: LoadedPackage, lab: string): Case[] {
  const description = loaded.nodes[TYPE]?.description
  if (!description) return [{ name: 'the portable node', run: async () => ['is not in the package'] }]
  return placesIn(description).map(({ resource, operation }) => ({
    name: `portable ${resource}.${operation} at ${gateway.id}`,
    async run() {
      const server = await serveEmulator()
      try {
        const line = await openLine(server, gateway.id)
        const file = operation === 'downloadMedia' ? { file: { base64: 'AQID', mimetype: 'image/png', filename: 'a.png' } } : {}
        await server.emulator.control.message({ from: SOMEBODY, to: line.phone, text: 'Hello', ...file })
        const { baseUrl, credentials } = server.gateways[gateway.id]
        const needsMessage = ['react', 'replyToMessage', 'downloadMedia'].includes(operation)
        const message = needsMessage ? await newestMessage(line.gateway, line.session) : ''
        const session = { __rl: true, mode: 'id', value: '={{ $json.session }}' }
        const waitOptions = WAITING[operation] ?? {}
        const parameters = { gateway: gateway.id, resource, operation, session, ...FILLED, message, messageId: message, waitOptions }
        const { engine } = watched(TYPE, loaded, lab)
        const node = { name: NODE, type: TYPE, parameters, credentials: { [gateway.credential]: { id: '1', name: 'test' } } }
        const item: Item = { json: { session: line.session }, binary: BINARY }
        const run = await engine.run(node, [item], { [gateway.credential]: { baseUrl, ...credentials } as Json })
        const failure = failureOf(run)
        const name = `${resource}.${operation}`
        // Wawp has no verb for files, but tells where they are
        const isThere =
          name === 'message.downloadMedia' && gateway.id === 'wawp' ? true : supports(line.gateway, (VERBS[name] ?? name) as VerbId)
        if (isThere) return failure ? [failure] : run.itemsOf(NODE).length > 0 ? [] : ['it gave nothing']
        return failure ? [] : ['the gateway has no such verb, and the node did something']
      } finally {
        await server.close()
      }
    },
  }))
}

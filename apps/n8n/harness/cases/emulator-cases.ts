import { type GatewayBase, type Operation, requireVerb, supports } from '@wamux/core'
import { exampleInput, type Input } from '@wamux/document-server'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import type { Item, Json } from '../engine/n8n-types.ts'
import type { LoadedPackage } from '../engine/package-under-test.ts'
import { watched } from '../engine/subject.ts'
import type { TestedGateway } from '../gateways.ts'
import { type Line, openLine, SOMEBODY } from '../network.ts'
import { until } from '../until.ts'
import { fillForm } from './fill.ts'
import type { Form } from './form.ts'
import { type Case, failureOf } from './operation-cases.ts'
import { BINARY } from './sent-file.ts'

const NODE = 'Gateway'

/** Operations that ask for what a connected session, or this network, does not have: a gateway refuses them, with this status. */
const EXPECTED: Readonly<Record<string, string>> = {
  // the invite is none
  'sparkbot channels.join': '404',
  'sparkbot groups.join': '404',
  'wawp groups.getJoinInfo': '404',
  'wawp groups.join': '404',
  'waha groups.getJoinInfo': '500',
  'waha groups.join': '500',
  'warest groups.joinViaLink': '502',
  // there is none of these
  'sparkbot chatFiles.download': '404',
  'sparkbot chatFiles.get': '404',
  'sparkbot files.delete': '404',
  'sparkbot files.download': '404',
  'sparkbot files.get': '404',
  'sparkbot outboundMessages.delete': '404',
  'sparkbot outboundMessages.get': '404',
  'sparkbot userStatus.delete': '404',
  'sparkbot campaigns.addContacts': '404',
  'sparkbot campaigns.delete': '404',
  'sparkbot campaigns.get': '404',
  'sparkbot campaigns.listContacts': '404',
  'sparkbot campaigns.removeContacts': '404',
  'sparkbot campaigns.start': '404',
  'sparkbot campaigns.stop': '404',
  'sparkbot campaigns.update': '404',
  'sparkbot departments.delete': '404',
  'sparkbot departments.update': '404',
  'sparkbot labels.delete': '404',
  'sparkbot labels.update': '404',
  'sparkbot quickReplies.update': '404',
  'sparkbot team.update': '404',
  'waha keys.update': '404',
  'waha apps.get': '404',
  'waha apps.update': '404',
  'waha apps.delete': '404',
  'waha apps.purge': '404',
  'sparkbot userStatus.get': '404',
  // the session has no such app
  'waha apps.purgeOfSession': '422',
  'waha numberApps.getStats': '422',
  'waha numberApps.listMemory': '422',
  'waha numberApps.listStored': '422',
  'waha numberApps.purge': '422',
  'waha numberApps.getBrazilianStats': '422',
  'waha numberApps.listBrazilianMemory': '422',
  'waha numberApps.listBrazilianStored': '422',
  'waha numberApps.purgeBrazilian': '422',
  'waha numberApps.getArgentineStats': '422',
  'waha numberApps.listArgentineMemory': '422',
  'waha numberApps.listArgentineStored': '422',
  'waha numberApps.purgeArgentine': '422',
  'waha numberApps.getMexicanStats': '422',
  'waha numberApps.listMexicanMemory': '422',
  'waha numberApps.listMexicanStored': '422',
  'waha numberApps.purgeMexican': '422',
  // an admin's key belongs to no session
  'waha keys.create': '422',
  // answered with 200 and `result: false`
  'waha keys.delete': '200',
  'wawp status.delete': '404',
  'wawp webhooks.delete': '404',
  'wawp webhooks.update': '404',
  // somebody else wrote the message
  'sparkbot chatMessages.edit': '403',
  'warest messageActions.edit': '403',
  'wawp messages.delete': '403',
  'wawp messages.edit': '403',
  'waha chats.deleteMessage': '500',
  'waha chats.editMessage': '500',
  'warest messageActions.revoke': '502',
  // the gateway wants one of its optional inputs, or another kind of file
  'sparkbot chats.assign': '400',
  'sparkbot chats.listParticipants': '404',
  'sparkbot chats.setTyping': '400',
  'sparkbot groups.approvePendingMembers': '400',
  'sparkbot groups.rejectPendingMembers': '400',
  'sparkbot groups.removeParticipants': '400',
  'sparkbot groups.updateImage': '400',
  'sparkbot profile.updateImage': '400',
  'sparkbot userStatus.publish': '400',
  'wawp groups.setPicture': '400',
  'sparkbot groups.addParticipants': '409',
  'warest messages.sendAudio': '415',
  'warest messages.sendGif': '415',
  'warest messages.sendList': '400',
  'waha labels.create': '422',
  'waha messages.replyButton': '400',
  'wawp messages.sendList': '400',
  // WAHA breaks without the id of the status, which its document does not require
  'waha status.delete': '500',
  // an example of a text is not what the gateway looks for in it: an address, a time, a key
  'waha messages.sendLinkPreview': '500',
  'warest misc.decryptFile': '400',
  'warest misc.decryptPollVote': '400',
  'warest server.scheduleRestart': '400',
  // a connected session has nothing to start or to scan
  'sparkbot devices.getQr': '409',
  'sparkbot devices.requestAuthCode': '409',
  'waha auth.getQr': '422',
  'waha auth.requestCode': '422',
  'waha sessions.start': '422',
  // no passkey is asked for
  'waha auth.getPasskeyChallenge': '422',
  'waha auth.submitPasskey': '422',
  'waha auth.getPasskeyConfirmation': '422',
  'waha auth.confirmPasskey': '422',
  'wawp auth.getQr': '400',
  'wawp auth.getQrImage': '400',
  'wawp auth.requestCode': '400',
  // the message is no poll
  'waha messages.votePoll': '404',
  'wawp messages.votePoll': '404',
  // the engine that is played has no browser
  'waha sessions.screenshot': '422',
  // one of its optional inputs is needed
  'sparkbot messages.sendLocation': '400',
  'sparkbot messages.votePoll': '404',
  'sparkbot messages.reply': '400',
  'sparkbot messages.forward': '404',
}

/** Operations that the emulator has played, the others answered 501. */
export const played: Set<string> = new Set()

/** An operation on the emulator, where it has a state for it; its answer to what it does not play is one of the allowed ends. */
export function emulatorCase(gateway: TestedGateway, loaded: LoadedPackage, lab: string, operation: Operation, form: Form): Case {
  return {
    name: `${gateway.id} ${operation.id}: on the emulator`,
    async run() {
      const server = await serveEmulator()
      try {
        const line = await openLine(server, gateway.id)
        const { baseUrl, credentials } = server.gateways[gateway.id]
        const known = await knownValues(line, server)
        const input = withKnown(operation, exampleInput(operation, { fields: 'required' }), known)
        const filled = fillForm(form, operation, input)
        const { engine } = watched(gateway.node, loaded, lab)
        const node = {
          name: NODE,
          type: gateway.node,
          parameters: filled.parameters,
          credentials: { [gateway.credential]: { id: '1', name: 'test' } },
        }
        const item: Item = { json: { values: filled.locators }, binary: BINARY }
        const run = await engine.run(node, [item], { [gateway.credential]: { baseUrl, ...credentials } as Json })
        const failure = failureOf(run)
        if (run.error?.httpCode !== '501') played.add(`${gateway.id} ${operation.id}`)
        const expected = EXPECTED[`${gateway.id} ${operation.id}`]
        if (expected && run.error?.httpCode === expected) return []
        if (!expected && (!failure || run.error?.httpCode === '501')) return []
        return [`${expected ? `not ${expected}, but ` : ''}${run.error?.httpCode} ${failure} with ${JSON.stringify(input).slice(0, 200)}`]
      } finally {
        await server.close()
      }
    },
  }
}

type Known = Readonly<Record<'session' | 'message' | 'person' | 'phone' | 'group' | 'label' | 'channel' | 'webhook', string | undefined>>

// somebody has written, and there is a group with them, a label, a channel and a webhook
async function knownValues({ gateway, session, phone }: Line, { emulator }: EmulatorServer): Promise<Known> {
  await emulator.control.message({ from: SOMEBODY, to: phone, text: 'Hello' })
  const message = supports(gateway, 'message.list') ? await newestMessage(gateway, session) : undefined
  const group = supports(gateway, 'group.create')
    ? await gateway.group.create({ session, subject: 'Friends', participants: [SOMEBODY] })
    : undefined
  const label = supports(gateway, 'label.create') ? await gateway.label.create({ session, name: 'New' }) : undefined
  const channel = supports(gateway, 'channel.create') ? await gateway.channel.create({ session, name: 'News' }) : undefined
  const webhook = await requireVerb(gateway, 'webhook.create')({ session, url: 'http://127.0.0.1:9/hook' })
  return {
    session,
    message,
    person: `${SOMEBODY}@c.us`,
    phone: `+${SOMEBODY}`,
    group: group?.id,
    label: label?.id,
    channel: channel?.id,
    webhook: webhook.id,
  }
}

/** Id of the newest message that somebody wrote, in the gateway's own words. */
export async function newestMessage(gateway: GatewayBase, session: string): Promise<string> {
  return until(async () => {
    for await (const { id } of requireVerb(gateway, 'message.list')({ session, chat: SOMEBODY })) return id
    return undefined
  }, 'the message did not arrive')
}

function withKnown({ resource, body }: Operation, input: Input, known: Known): Input {
  const given = replaced(resource, input, known) as Input
  // SparkBot takes a phone, a group or a channel, and requires none of them
  const isSent = resource === 'messages' && body?.kinds[0]?.fields?.some((one) => one.name === 'phone')
  return isSent ? { ...given, phone: known.phone } : given
}

function replaced(resource: string, value: unknown, known: Known, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => replaced(resource, one, known, name))
  if (typeof value === 'string') return valueFor(resource, name, known) ?? value
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  // what stands in a list of participants is a person, whatever the resource
  const inner = name === '' ? resource : name
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(inner, one, known, key)]))
}

function valueFor(
  resource: string,
  name: string,
  { session, message, person, phone, group, label, channel, webhook }: Known,
): string | undefined {
  if (/^(session|sessionId|device|deviceId|instance_id)$/.test(name)) return session
  if (/^(groupId|groupWid|group)$/.test(name)) return group
  if (/^(labelId)$/.test(name)) return label
  if (/^(webhookId)$/.test(name)) return webhook
  if (/^(channelWid)$/.test(name)) return channel
  if (name === 'id') return { groups: group, labels: label, channels: channel, contacts: person, participants: person }[resource]
  if (/^(chatId|to|contactId|contactWid|chatWid|wid|participant|jid|chat|contact)$/.test(name)) return person
  if (/phone|checkNumbers/i.test(name)) return phone
  return /^(messageId|reply_to|message_id|messageWid|quote|reactionMessage)$/.test(name) ? message : undefined
}

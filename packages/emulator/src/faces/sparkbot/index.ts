import { operations } from '@wamux/sparkbot/operations'
import { base64, qrPng, qrSvg } from '../../files/qr.ts'
import { phoneOf } from '../../network/phone-number.ts'
import type { Session } from '../../sessions/session.ts'
import type { World } from '../../state.ts'
import { type Face, notPlayedText } from '../face.ts'
import { content, json, textOf } from '../http.ts'
import { chatHandlers } from './chats.ts'
import { createFileStore } from './files.ts'
import { groupHandlers } from './groups.ts'
import { messageHandlers } from './messages.ts'
import { createOutbox } from './outbox.ts'
import { createLines, describeDevice, failed, pageOf, WORDS } from './request-context.ts'
import { webhookHandlers } from './webhooks.ts'

export type SparkbotCredentials = {
  readonly apiKey: string
}

const UPDATES = ['alias', 'description', 'deliverySpeed', 'rebootPolicy', 'retentionPolicy'] as const

/** SparkBot, going by Wassenger's API. Where that does not show an answer, the device is the answer. */
export function sparkbotFace(world: World, credentials: SparkbotCredentials): Face {
  const devices = world.sessions('sparkbot')
  const user = world.ids.of('sparkbot/user', 24)
  const outbox = createOutbox(world)
  const files = createFileStore(world, user)
  const lines = createLines(world)
  const describe = (device: Session) => describeDevice(device, user, outbox.waiting(device.id))
  const nothingToPair = (device: Session) => failed(409, `The session is ${WORDS[device.phase]}: there is nothing to scan`)

  return {
    table: operations,
    open: [],

    authorize({ request: { headers }, query }) {
      const key = headers.get('token') ?? query.get('token') ?? headers.get('authorization')
      return key === credentials.apiKey ? undefined : failed(401, 'The API key is missing or wrong', 'error:generic')
    },

    unknownPath: ({ method, path }) => failed(404, `No endpoint ${method} ${path}`),
    notPlayed: (_call, operation) => failed(501, notPlayedText(operation)),
    badJson: (_call, message) => failed(400, message),

    handlers: {
      'devices.list': ({ query }) => {
        const ids = query.get('ids')?.split(',')
        const words = query.get('sessionStatus')
        const shown = devices.list().filter((one) => (!ids || ids.includes(one.id)) && (!words || WORDS[one.phase] === words))
        return json(200, pageOf(shown, query).map(describe))
      },

      'devices.create': ({ body }) => {
        const device = devices.create({ id: world.ids.next('sparkbot/device', 24), afterUnlink: 'pair-again' })
        update(device, body)
        outbox.attach(device)
        device.start()
        return json(201, describe(device))
      },

      'devices.get': lines.device((device) => json(200, describe(device))),

      'devices.update': lines.device((device, { body }) => {
        update(device, body)
        return json(200, describe(device))
      }),

      'devices.delete': lines.device((device) => {
        devices.remove(device.id)
        outbox.forget(device.id)
        return json(200, { ...describe(device), status: 'removed' })
      }),

      'devices.reset': lines.device(async (device, { query }) => {
        if (isTrue(query, 'emptyQueue')) outbox.empty(device.id)
        if (isTrue(query, 'data')) outbox.forget(device.id)
        device.unpair()
        device.start()
        if (isTrue(query, 'wait')) await device.settled()
        return json(200, describe(device))
      }),

      'devices.reboot': lines.device(async (device, { query }) => {
        device.restart()
        if (isTrue(query, 'wait')) await device.settled()
        return json(200, describe(device))
      }),

      'devices.sync': lines.device((device) => json(200, { status: WORDS[device.phase] })),
      'devices.getHealth': lines.device((device) => json(200, { status: WORDS[device.phase] })),

      'devices.getQr': lines.device(async (device, { query }) => {
        await device.settled()
        if (isTrue(query, 'force') && device.phase === 'pairing') {
          device.restart()
          await device.settled()
        }
        const { qr } = device
        return qr ? picture(query.get('encoding') ?? query.get('format') ?? 'svg', qr.value) : nothingToPair(device)
      }),

      'devices.requestAuthCode': lines.device(async (device, { query, body }) => {
        const phone = phoneOf(body.phone) ?? device.lastAccount?.phone
        if (phone === undefined) return failed(400, 'This number never had a phone: give one with `phone`')
        if (isTrue(query, 'force')) {
          device.unpair()
          device.start()
        }
        await device.settled()
        const code = device.requestCode(phone)
        return code === undefined ? nothingToPair(device) : json(200, { code })
      }),

      ...messageHandlers(world, outbox, files, lines),
      ...files.handlers,
      ...chatHandlers(world, lines),
      ...groupHandlers(world, lines),
      ...webhookHandlers(world, user, outbox),
    },
  }
}

function picture(encoding: string, value: string): Response {
  const png = () => base64(qrPng(value))
  if (encoding === 'image' || encoding === 'png') return content(200, 'image/png', qrPng(value))
  if (encoding === 'base64') return content(200, 'text/plain; charset=utf-8', png())
  if (encoding === 'base64_uri') return content(200, 'text/plain; charset=utf-8', `data:image/png;base64,${png()}`)
  if (encoding === 'uri') return content(200, 'text/plain; charset=utf-8', `data:image/svg+xml,${encodeURIComponent(qrSvg(value))}`)
  if (encoding === 'json') return json(200, { value })
  return content(200, 'image/svg+xml; charset=utf-8', qrSvg(value))
}

function update(device: Session, body: Readonly<Record<string, unknown>>): void {
  for (const name of UPDATES) if (body[name] !== undefined) device.settings[name] = body[name]
  const phone = phoneOf(body.phone)
  if (phone !== undefined) device.settings.phone = phone
  device.settings.alias = textOf(device.settings.alias) ?? 'WhatsApp'
}

function isTrue(query: URLSearchParams, name: string): boolean {
  return /^(true|1)$/i.test(query.get(name) ?? '')
}

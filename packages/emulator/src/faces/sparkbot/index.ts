import { operations } from '@wamux/sparkbot/operations'
import { base64, qrPng, qrSvg } from '../../files/qr.ts'
import { parsePhone } from '../../network/phone-number.ts'
import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { type Answer, content, json } from '../../wire/answer.ts'
import type { Face } from '../face.ts'
import { textOf } from '../http.ts'
import { chatHandlers } from './chats.ts'
import { collectionHandlers } from './collections.ts'
import { createFileStore } from './files.ts'
import { groupHandlers } from './groups.ts'
import { inboxHandlers } from './inbox.ts'
import { messageHandlers } from './messages.ts'
import { createOutbox } from './outbox.ts'
import { createDeviceGuards, errorResponse, invalidField, pageOf, serializeDevice, sessionStatus } from './request-context.ts'
import { createTeamFacts } from './serialize.ts'
import { webhookHandlers } from './webhooks.ts'

export type SparkbotCredentials = {
  readonly apiKey: string
}

const UPDATES = ['alias', 'description', 'deliverySpeed', 'rebootPolicy', 'retentionPolicy'] as const

/** SparkBot, by Wassenger's documentation. Where that shows no answer, the device is answered. */
export function sparkbotFace(state: State, credentials: SparkbotCredentials): Face {
  const devices = state.sessions('sparkbot')
  const user = state.ids.of('sparkbot/user', 24)
  const outbox = createOutbox(state)
  // those of a snapshot
  for (const device of devices.list()) outbox.attach(device)
  const files = createFileStore(state, user)
  const guards = createDeviceGuards(state)
  const team = createTeamFacts(state)
  state.sessionEvents.on('sparkbot', (device, event) => {
    if (event.type === 'queue') outbox.pump(device)
  })
  const describe = (device: Session) => serializeDevice(device, user, outbox.waiting(device.id))
  const nothingToPair = (device: Session) => errorResponse(409, `The session is ${sessionStatus(device)}: there is nothing to scan`)

  return {
    table: operations,
    open: [],

    authorize({ headers, query }) {
      const key = headers.get('token') ?? query.get('token') ?? headers.get('authorization')
      return key === credentials.apiKey ? undefined : errorResponse(401, 'The API key is missing or wrong', 'error:generic')
    },

    unknownPath: ({ method, path }) => errorResponse(404, `No endpoint ${method} ${path}`),
    examples: async () => (await import('../../generated/sparkbot-examples.ts')).examples,
    forExample: ({ path }, handler) => (path.includes('{deviceId}') ? guards.device((_, call) => handler(call)) : handler),
    missing: (_call, [field = '']) => invalidField(field, 'is required'),
    badJson: (_call, message) => errorResponse(400, message),

    handlers: {
      'devices.list': ({ query }) => {
        const ids = query.get('ids')?.split(',')
        const words = query.get('sessionStatus')
        const shown = devices.list().filter((one) => (!ids || ids.includes(one.id)) && (!words || sessionStatus(one) === words))
        return json(200, pageOf(shown, query).map(describe))
      },

      'devices.create': ({ body }) => {
        const device = devices.create({ id: state.ids.next('sparkbot/device', 24), afterUnlink: 'pair-again' })
        update(device, body)
        outbox.attach(device)
        device.start()
        return json(201, describe(device))
      },

      'devices.get': guards.device((device) => json(200, describe(device))),

      'devices.update': guards.device((device, { body }) => {
        update(device, body)
        return json(200, describe(device))
      }),

      'devices.delete': guards.device((device) => {
        devices.remove(device.id)
        outbox.forget(device.id)
        return json(200, { ...describe(device), status: 'removed' })
      }),

      'devices.reset': guards.device(async (device, { query }) => {
        if (isTrue(query, 'emptyQueue')) outbox.empty(device.id)
        if (isTrue(query, 'data')) outbox.forget(device.id)
        device.unpair()
        device.start()
        if (isTrue(query, 'wait')) await device.settled()
        return json(200, describe(device))
      }),

      'devices.start': guards.device(async (device, { query }) => {
        device.start()
        if (isTrue(query, 'wait')) await device.settled()
        return json(200, describe(device))
      }),

      'devices.reboot': guards.device(async (device, { query }) => {
        device.restart()
        if (isTrue(query, 'wait')) await device.settled()
        return json(200, describe(device))
      }),

      'devices.sync': guards.device((device) => json(200, { status: sessionStatus(device) })),
      'devices.getHealth': guards.device((device) => json(200, { status: sessionStatus(device) })),

      'devices.getQr': guards.device(async (device, { query }) => {
        await device.settled()
        if (isTrue(query, 'force') && device.phase === 'pairing') {
          device.restart()
          await device.settled()
        }
        const { qr } = device
        return qr ? picture(query.get('encoding') ?? query.get('format') ?? 'svg', qr.value) : nothingToPair(device)
      }),

      'devices.requestAuthCode': guards.device(async (device, { query, body }) => {
        const phone = parsePhone(body.phone) ?? device.lastAccount?.phone
        if (phone === undefined) return errorResponse(400, 'This number never had a phone: give one with `phone`')
        if (isTrue(query, 'force')) {
          device.unpair()
          device.start()
        }
        await device.settled()
        const code = device.requestCode(phone)
        return code === undefined ? nothingToPair(device) : json(200, { code })
      }),

      ...messageHandlers(state, outbox, files, guards),
      ...files.handlers,
      ...chatHandlers(state, guards, team),
      ...groupHandlers(state, guards),
      ...webhookHandlers(state, user, outbox),
      ...collectionHandlers(state, user, outbox, guards),
      ...inboxHandlers(state, outbox, guards, team),
    },
  }
}

function picture(encoding: string, value: string): Answer {
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
  const phone = parsePhone(body.phone)
  if (phone !== undefined) device.settings.phone = phone
  device.settings.alias = textOf(device.settings.alias) ?? 'WhatsApp'
}

function isTrue(query: URLSearchParams, name: string): boolean {
  return /^(true|1)$/i.test(query.get(name) ?? '')
}

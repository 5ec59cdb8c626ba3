/** A JSON Schema of the control API's document. */
export type Schema = Readonly<Record<string, unknown>>

const GATEWAYS = ['waha', 'wawp', 'warest', 'sparkbot']

export const text = (description: string): Schema => ({ type: 'string', description })
export const count = (description: string): Schema => ({ type: 'integer', minimum: 0, description })
export const ms = (description: string): Schema => ({ type: 'number', minimum: 0, description: `${description}, ms` })
export const flag = (description: string): Schema => ({ type: 'boolean', description })
export const oneOf = (values: readonly string[], description: string): Schema => ({ type: 'string', enum: values, description })
export const list = (items: Schema, description = ''): Schema => ({ type: 'array', items, ...(description ? { description } : {}) })
export const map = (values: Schema, description = ''): Schema => ({
  type: 'object',
  additionalProperties: values,
  ...(description ? { description } : {}),
})
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

/** An object; names that end in `?` may be absent. */
export function object(fields: Readonly<Record<string, Schema>>, description = ''): Schema {
  const names = Object.keys(fields)
  const properties = Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name.replace(/\?$/, ''), schema]))
  const required = names.filter((name) => !name.endsWith('?'))
  return { type: 'object', ...(description ? { description } : {}), properties, ...(required.length > 0 ? { required } : {}) }
}

export const phone: Schema = { type: 'string', description: 'Number with country code.', examples: ['12025550101'] }
export const gateway: Schema = oneOf(GATEWAYS, 'Which gateway.')
export const session: Schema = text('Session id at the gateway.')
export const chat: Schema = text('Number or JID of a chat.')
export const group: Schema = text('JID of a group.')
export const message: Schema = text('Id of a message.')
export const target: Readonly<Record<string, Schema>> = { gateway, session }

const place = object({
  latitude: { type: 'number' },
  longitude: { type: 'number' },
  'name?': text('Its name.'),
  'address?': text('Its address.'),
})
const poll = object({
  question: text('The question.'),
  options: list(text('An option.')),
  multiple: flag('Whether several may be chosen.'),
})
const cards = list(
  object({ name: text('Name.'), 'phone?': phone, 'organization?': text('Organization.'), 'vcard?': text('The card as it was sent.') }),
)
const presence = oneOf(['online', 'offline', 'typing', 'recording', 'paused'], 'What is shown.')

/** Fields of a message that a phone writes, beside who and where to. */
export const content: Readonly<Record<string, Schema>> = {
  'text?': text('Text, or the caption of a file.'),
  'file?': ref('File'),
  'type?': text('How a file shows.'),
  'place?': place,
  'cards?': cards,
  'poll?': poll,
  'replyTo?': message,
  'mentions?': list(phone, 'Persons to mention.'),
}

/** Fields of a fault. */
export const fault: Readonly<Record<string, Schema>> = {
  'fault?': text('Which kind; GET /fault-kinds lists them.'),
  'gateway?': gateway,
  'operation?': text("Id of one of the gateway's operations."),
  'times?': { type: 'integer', minimum: 1, description: 'How many calls it hits.' },
  'probability?': { type: 'number', description: 'How probable it is for each call, more than 0 to 1.' },
  'delayMs?': ms('Waits so long first'),
  'status?': { type: 'integer', minimum: 200, maximum: 599, description: 'Answers with this status.' },
  'lose?': flag('The connection breaks.'),
  'cut?': flag('The answer breaks off.'),
  'effect?': flag('Whether the operation is performed before that.'),
}

/** Fields of a snapshot. */
export const snapshot: Readonly<Record<string, Schema>> = {
  format: { const: 'wamux-emulator/1' },
  now: { type: 'number', description: "The emulator's time, ms since the epoch." },
  seed: { type: 'number', description: 'Where ids come from.' },
  state: text('Everything that the emulator knew; also keys of webhooks.'),
}

export const SCHEMAS: Readonly<Record<string, Schema>> = {
  Error: object({
    error: object({ code: text('invalid, not_found, conflict and others.'), message: text('What was wrong, and what was expected.') }),
  }),
  Done: object({ ok: { const: true } }, 'It is done; there is no result.'),
  File: object({ base64: text('Base64 text, or a data: URL.'), 'mimetype?': text('image/png'), 'filename?': text('File name.') }),
  Clock: object({ now: { type: 'number', description: 'ms since the epoch.' }, paused: flag('Whether time stands still.') }),
  Session: object({
    ...target,
    state: text('stopped, starting, pairing, connecting, connected or failed.'),
    'phone?': phone,
    'qr?': text('Text of the QR code that waits for a scan.'),
    'code?': text('Pairing code that waits to be typed.'),
  }),
  Message: object({
    id: message,
    from: phone,
    to: text('Digits of the phone that it goes to, or JID of the group, channel or status.'),
    type: text('text, image, poll and others.'),
    text: text('Text, or caption.'),
    ack: oneOf(['ERROR', 'PENDING', 'SERVER', 'DEVICE', 'READ', 'PLAYED'], 'How far it got with all who get it.'),
    sentAt: { type: 'number', description: 'ms since the epoch.' },
    via: object({ gateway: text('Gateway, or phone.'), session: text('Session, or number of the phone.') }),
    'media?': object({ mimetype: text('Media type.'), 'filename?': text('File name.'), size: count('Bytes.'), url: text('Where it is.') }),
    'place?': place,
    'cards?': cards,
    'poll?': poll,
    'replyTo?': message,
    'mentions?': list(text('JID.')),
    'forwarded?': { const: true },
    'edited?': { const: true },
    'revoked?': { const: true },
    'pinned?': { const: true },
    'reactions?': map(text('Emoji.'), 'By phone.'),
  }),
  State: object({
    now: { type: 'number', description: 'ms since the epoch.' },
    accounts: list(object({ phone, name: text('Name.'), inbox: list(message) })),
    sessions: map(list(ref('Session')), 'By gateway.'),
    messages: list(ref('Message')),
  }),
  Group: object({
    id: group,
    subject: text('Name.'),
    description: text('Description.'),
    hasPicture: flag('Whether it has a picture.'),
    announcement: flag('Only admins may write.'),
    locked: flag('Only admins may change how it looks.'),
    invite: text('The end of its invite link.'),
    participants: map(oneOf(['member', 'admin', 'owner'], 'Role.'), 'By phone.'),
    requests: list(phone, 'Who waits to be let in.'),
  }),
  Chat: object({
    id: chat,
    messages: count('How many messages it has.'),
    starred: count('How many of them are starred.'),
    unread: count('How many are unread.'),
    markedUnread: flag('Marked as unread by hand.'),
    archived: flag('Archived.'),
    pinned: flag('Pinned.'),
    muted: flag('Muted.'),
  }),
  Account: object({
    phone,
    name: text('Name.'),
    about: text('Text about the person.'),
    hasPicture: flag('Whether it has a picture.'),
    presence,
    blocked: list(phone),
    subscribed: list(chat),
    channels: map(object({ own: flag('Whether it made the channel.'), muted: flag('Muted.') })),
    labels: map(list(chat), 'Chats by name of the label.'),
  }),
  Presence: object({ presence }),
  Delivery: object({
    id: text('Id of the delivery.'),
    ...target,
    event: text("The gateway's name of the event."),
    url: text('Where it goes.'),
    body: text('The body as it is sent.'),
    headers: map(text('Value.'), 'Of the last attempt.'),
    state: text('held, waiting, delivered, failed, dropped or recorded.'),
    attempts: list(object({ at: { type: 'number' }, 'status?': { type: 'integer' } })),
    'error?': text('An error of the emulator itself.'),
  }),
  ActiveFault: object({ id: text('Id, for POST /stop-fault.'), area: text('Where it is.'), text: text('In words.') }),
  FaultKind: object({
    name: text('Name.'),
    area: text('Where it is.'),
    title: text('A few words.'),
    about: text('Who does what.'),
    gateways: map({ type: 'object' }),
  }),
  Snapshot: object(snapshot),
  TranscriptLine: object({
    at: { type: 'number', description: 'ms since the epoch.' },
    type: text('request, session, webhook, message, ack and others.'),
  }),
}

import {
  chat,
  content,
  count,
  fault,
  flag,
  gateway,
  group,
  list,
  map,
  message,
  ms,
  object,
  oneOf,
  phone,
  ref,
  SCHEMAS,
  type Schema,
  session,
  snapshot,
  target,
  text,
} from './schemas.ts'

interface Route {
  readonly about: string
  /** Fields of the body, or of the query of a GET; names that end in `?` may be absent. */
  readonly input?: Readonly<Record<string, Schema>>
  /** Default: `Done`, as the call returns nothing. */
  readonly answer?: Schema
}

const id = (description: string) => object({ id: text(description) })
const end = oneOf(['accepted', 'rejected', 'missed', 'ended'], 'What becomes of it.')
const presences = oneOf(['online', 'offline', 'typing', 'recording', 'paused'], 'What it shows.')

/** Every route of the control API, below `/_emulator`. A test compares it with the routes that are served. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET /state': { about: 'Everything in the emulator.', answer: ref('State') },
  'GET /messages': { about: 'Messages, or those that arrived at one phone.', input: { 'phone?': phone }, answer: list(ref('Message')) },
  'POST /scan': {
    about: 'A phone scans the QR code of a session, which is named, or by the text of its code.',
    input: { 'gateway?': gateway, 'session?': session, 'qr?': text('Text of the QR code.'), 'phone?': phone },
    answer: ref('Session'),
  },
  'POST /enter-code': { about: 'A pairing code is typed on its phone.', input: { code: text('The code.') }, answer: ref('Session') },
  'POST /unlink': { about: 'A phone removes a session from its linked devices.', input: target, answer: ref('Session') },
  'POST /crash': { about: 'The engine of a session breaks down.', input: target, answer: ref('Session') },
  'POST /message': { about: 'A phone writes.', input: { from: phone, to: chat, ...content }, answer: ref('Message') },
  'POST /react': {
    about: 'A phone reacts to a message.',
    input: { phone, message, emoji: text('Empty takes it back.') },
    answer: ref('Message'),
  },
  'POST /edit': {
    about: 'A phone changes its own message.',
    input: { phone, message, text: text('The new text.') },
    answer: ref('Message'),
  },
  'POST /revoke': { about: 'A phone deletes a message for everyone.', input: { phone, message }, answer: ref('Message') },
  'POST /vote': { about: 'A phone votes in a poll.', input: { phone, message, options: list(text('An option.')) }, answer: ref('Message') },
  'POST /seen': { about: 'A phone reads a chat.', input: { phone, chat } },
  'POST /presence': { about: 'A phone types, records, or is online.', input: { phone, 'chat?': chat, presence: presences } },
  'POST /phone': {
    about: 'Changes a phone.',
    input: {
      phone,
      'name?': text('Name.'),
      'about?': text('Text about the person.'),
      'picture?': { anyOf: [ref('File'), { type: 'null' }] },
      'business?': { type: 'object', description: 'Makes it the phone of a business.' },
      'on?': flag('One that is off gets nothing.'),
      'reads?': flag('Whether it reads by itself.'),
      'registered?': flag('Whether its number is on WhatsApp.'),
      'appState?': flag('Whether its linked devices have the keys of the app state.'),
    },
  },
  'POST /group': {
    about: 'A phone makes a group.',
    input: { phone, subject: text('Name.'), participants: list(phone), 'approval?': flag('Admins let in who joins by the link.') },
    answer: object({ id: group, invite: text('The end of its invite link.') }),
  },
  'POST /join': {
    about: 'A phone joins a group by its link.',
    input: { phone, invite: text('Link, or its end.') },
    answer: object({ id: group, joined: flag('False when it has to be let in.') }),
  },
  'POST /channel': { about: 'A phone makes a channel.', input: { phone, name: text('Name.') }, answer: id('JID.') },
  'POST /label': { about: 'A phone makes a label.', input: { phone, name: text('Name.') }, answer: id('Id.') },
  'POST /call': {
    about: 'A phone calls another.',
    input: { from: phone, to: phone, 'video?': flag('A video call.'), 'group?': group },
    answer: id('Id of the call.'),
  },
  'POST /answer': { about: 'What becomes of a call.', input: { phone, call: text('Id of the call.'), state: end } },
  'POST /request': {
    about: 'Who asked to join a group is let in or declined, or withdraws.',
    input: { phone, group, 'admin?': phone, answer: oneOf(['approve', 'reject', 'withdraw'], 'What happens.') },
  },
  'POST /file': {
    about: 'Puts a file where gateways can fetch it.',
    input: { base64: text('Base64 text, or a data: URL.'), 'mimetype?': text('Media type.'), 'filename?': text('File name.') },
    answer: object({ url: text('Its address.') }),
  },
  'POST /fail': { about: "WhatsApp's server refuses a message after all.", input: { message }, answer: ref('Message') },
  'GET /group-of': { about: 'A group as WhatsApp has it.', input: { group }, answer: ref('Group') },
  'GET /chat-of': {
    about: 'A chat as a phone has it.',
    input: { phone, chat },
    answer: { anyOf: [ref('Chat'), object({ none: { const: true } }, 'There is no such chat.')] },
  },
  'GET /account-of': { about: 'What a phone shows and keeps.', input: { phone }, answer: ref('Account') },
  'GET /presence-of': { about: 'What a phone shows in a chat.', input: { phone, chat }, answer: ref('Presence') },
  'GET /deliveries': {
    about: 'What went out to webhooks.',
    input: { 'gateway?': gateway, 'session?': session, 'event?': text("The gateway's name of an event.") },
    answer: list(ref('Delivery')),
  },
  'POST /webhooks': {
    about: 'How deliveries are sent.',
    input: {
      'copies?': { type: 'integer', minimum: 1, maximum: 10, description: 'How often each is sent.' },
      'hold?': flag('Holds them back until POST /release.'),
    },
  },
  'POST /release': {
    about: 'Sends what was held back.',
    input: { 'order?': oneOf(['first to last', 'last to first'], 'In which order.') },
    answer: object({ released: count('How many.') }),
  },
  'POST /redeliver': { about: 'Sends a delivery once more.', input: { id: text('Id of the delivery.') } },
  'POST /event': {
    about: "Sends an event of any name in the gateway's own envelope.",
    input: { ...target, event: text('Its name.'), 'payload?': {} },
  },
  'POST /cause': {
    about: "Makes an event of one of wamux's types happen.",
    input: {
      ...target,
      type: text('message.received and others.'),
      'from?': phone,
      'text?': text('What is written, or the name of what is made.'),
    },
  },
  'GET /causes': { about: 'What can be caused.', answer: map(list(text('Type of event.')), 'By gateway.') },
  'POST /fault': { about: 'Lets something go wrong.', input: fault, answer: id('Id of the fault.') },
  'POST /account': {
    about: 'Puts an account or its session into a state that real ones get into.',
    input: {
      state: text('timelock, banned and others; ok ends all.'),
      'gateway?': gateway,
      'session?': session,
      'phone?': phone,
      'minutes?': { type: 'number', description: 'Until it ends.' },
    },
    answer: { anyOf: [ref('Session'), object({ phone })] },
  },
  'GET /faults': { about: 'What is wrong at the moment.', answer: list(ref('ActiveFault')) },
  'GET /fault-kinds': { about: 'Everything that can go wrong.', answer: list(ref('FaultKind')) },
  'POST /stop-fault': {
    about: 'Ends something that is wrong.',
    input: { id: text('Id, or name of a kind.') },
    answer: object({ stopped: count('How many.') }),
  },
  'POST /clear-faults': { about: 'Ends everything that is wrong.' },
  'POST /settings': {
    about: 'Changes how the emulator behaves.',
    input: { 'wawpErrors?': { enum: ['json', 'xml', 'text', 'html', null], description: "Format of Wawp's errors." } },
  },
  'POST /reset': { about: 'Forgets all phones, sessions and messages.' },
  'GET /clock': { about: 'The time.', answer: ref('Clock') },
  'POST /advance': { about: 'Lets time pass at once.', input: { ms: ms('By how much') }, answer: ref('Clock') },
  'POST /pause': { about: 'Stops time.', answer: ref('Clock') },
  'POST /resume': { about: 'Lets time run again.', answer: ref('Clock') },
  'POST /run-to-idle': {
    about: 'Lets time pass until nothing waits any more.',
    input: { 'limitMs?': ms('How much time may pass at most') },
    answer: object({ now: { type: 'number' }, paused: flag('Whether time stands still.'), idle: flag('Whether nothing waits any more.') }),
  },
  'GET /snapshot': { about: 'Keeps everything that the emulator knows.', answer: ref('Snapshot') },
  'POST /restore': { about: 'Makes everything as it was when a snapshot was taken.', input: snapshot, answer: ref('Clock') },
  'POST /scenario': {
    about: 'Starts again with a scenario.',
    input: { 'yaml?': text('Text of a scenario file.'), 'scenario?': { type: 'object', description: 'What would be in it.' } },
    answer: object({
      phones: map(phone, 'By name.'),
      groups: map(group, 'By name.'),
      sessions: list(object({ ...target, phone })),
      now: { type: 'number', description: 'ms since the epoch.' },
    }),
  },
  'GET /transcript': { about: 'What happened, the newest 10,000 lines.', answer: list(ref('TranscriptLine')) },
  'GET /namespaces': { about: 'Names of the namespaces that were used.', answer: object({ namespaces: list(text('Name.')) }) },
  'POST /remove-namespace': { about: 'Ends a namespace.', input: { namespace: text('Its name.') } },
  'GET /openapi.json': { about: 'This document.', answer: object({ openapi: text('Version.'), paths: { type: 'object' } }) },
}

const json = (schema: Schema) => ({ 'application/json': { schema } })

function operationOf(route: string, { about, input = {}, answer = ref('Done') }: Route): Schema {
  const [method = '', path = ''] = route.split(' ')
  const fields = Object.entries(input)
  const parameters = fields.map(([name, schema]) => ({ name: name.replace(/\?$/, ''), in: 'query', required: !name.endsWith('?'), schema }))
  const inputs =
    method === 'GET'
      ? { parameters }
      : { requestBody: { required: fields.some(([name]) => !name.endsWith('?')), content: json(object(input)) } }
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[/.-](\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: about,
    ...(fields.length > 0 ? inputs : {}),
    responses: {
      200: { description: 'Done.', content: json(answer) },
      default: { description: 'Why not: 400, 404, 409.', content: json(ref('Error')) },
    },
  }
}

/** The OpenAPI document of the control API; `control.openapi.json` in the package. */
export function controlDocument(): Schema {
  const paths: Record<string, Record<string, Schema>> = {}
  for (const [route, one] of Object.entries(ROUTES)) {
    const [method = '', path = ''] = route.split(' ')
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(route, one) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Control API of the wamux emulator',
      version: '1.0.0',
      description:
        'Steers what happens outside of the gateways: phones, time, faults, webhooks. In a namespace it is below /@name/_emulator.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:4010/_emulator' }],
    paths,
    components: { schemas: SCHEMAS },
  }
}

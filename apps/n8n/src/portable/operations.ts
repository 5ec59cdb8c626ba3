import { type GatewayBase, type Media, requireVerb, type SendFileInput, type VerbId } from '@wamux/core'
import { InvalidParameter } from '../controls/invalid-parameter.ts'

/** Reads one item's parameters for a portable operation. */
export interface PortableInput {
  readonly session: string
  text(name: string): string
  number(name: string): number
  flag(name: string): boolean
  texts(name: string): string[]
  /** What was added under Additional Fields. */
  more(name: string): unknown
  file(): Promise<Media>
}

type Run = (gateway: GatewayBase, input: PortableInput, options: { readonly timeoutMs: number }) => Promise<unknown>

const FILE_VERBS = {
  image: 'message.sendImage',
  video: 'message.sendVideo',
  audio: 'message.sendAudio',
  voice: 'message.sendVoice',
  document: 'message.sendDocument',
} as const satisfies Record<string, VerbId>

/** The operations of the portable node, by resource and operation. A verb that a gateway lacks ends as an error, never as another verb. */
export const portableOperations: Readonly<Record<string, Run>> = {
  'message.sendText': (gateway, input, options) =>
    requireVerb(gateway, 'message.sendText')({ ...recipient(input), text: filled(input, 'text'), ...reply(input) }, options),
  async 'message.sendFile'(gateway, input, options) {
    const kind = input.text('kind')
    if (!Object.hasOwn(FILE_VERBS, kind)) throw new InvalidParameter('kind', `kind: expected one of ${Object.keys(FILE_VERBS).join(', ')}`)
    const caption = input.more('caption')
    const given: SendFileInput & { caption?: string } = {
      ...recipient(input),
      file: await input.file(),
      ...reply(input),
      ...(typeof caption === 'string' ? { caption } : {}),
    }
    return requireVerb(gateway, FILE_VERBS[kind as keyof typeof FILE_VERBS])(given, options)
  },
  'message.sendLocation': (gateway, input, options) =>
    requireVerb(gateway, 'message.sendLocation')(
      { ...recipient(input), latitude: input.number('latitude'), longitude: input.number('longitude'), ...place(input), ...reply(input) },
      options,
    ),
  'message.sendPoll': (gateway, input, options) =>
    requireVerb(gateway, 'message.sendPoll')(
      {
        ...recipient(input),
        question: filled(input, 'question'),
        options: input.texts('pollOptions'),
        multiple: input.more('multiple') === true,
      },
      options,
    ),
  'message.react': (gateway, input, options) =>
    requireVerb(gateway, 'message.react')(
      { session: input.session, chat: filled(input, 'to'), message: filled(input, 'message'), emoji: input.text('emoji') },
      options,
    ),
  'contact.check': (gateway, input, options) =>
    requireVerb(gateway, 'contact.check')({ session: input.session, phone: filled(input, 'phone') }, options),
  async 'session.list'(gateway, _input, options) {
    return (await requireVerb(gateway, 'session.list')({}, options)).sessions
  },
  'session.get': (gateway, { session }, options) => requireVerb(gateway, 'session.get')({ session }, options),
  'session.start': (gateway, { session }, options) => requireVerb(gateway, 'session.start')({ session }, options),
  'session.stop': (gateway, { session }, options) => requireVerb(gateway, 'session.stop')({ session }, options),
  'session.restart': (gateway, { session }, options) => requireVerb(gateway, 'session.restart')({ session }, options),
  'session.logout': (gateway, { session }, options) => requireVerb(gateway, 'session.logout')({ session }, options),
  'session.reset': (gateway, input, options) =>
    requireVerb(gateway, 'session.reset')({ session: input.session, ...resetOptions(input) }, options),
}

function recipient(input: PortableInput): { session: string; to: string } {
  return { session: input.session, to: filled(input, 'to') }
}

function reply(input: PortableInput): { replyTo?: string } {
  const replyTo = input.more('replyTo')
  return typeof replyTo === 'string' && replyTo !== '' ? { replyTo } : {}
}

function place(input: PortableInput): { name?: string; address?: string } {
  const name = input.more('name')
  const address = input.more('address')
  return { ...(typeof name === 'string' ? { name } : {}), ...(typeof address === 'string' ? { address } : {}) }
}

function resetOptions(input: PortableInput): { deleteData?: boolean; wait?: boolean; emptyQueue?: boolean } {
  const names = ['deleteData', 'wait', 'emptyQueue'] as const
  return Object.fromEntries(names.filter((name) => input.flag(name)).map((name) => [name, true]))
}

function filled(input: PortableInput, name: string): string {
  const text = input.text(name)
  if (text === '') throw new InvalidParameter(name, `${name}: has to be filled in`)
  return text
}

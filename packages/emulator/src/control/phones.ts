import type { PhoneMessage, TestPhones } from '@wamux/testkit'
import { EmulatorError, NetworkError } from '../errors.ts'
import { decodeBase64 } from '../files/files.ts'
import { ackName } from '../network/messages/message.ts'
import { parsePhone } from '../network/phone-number.ts'
import type { Account, BusinessProfile, CallEnd, Card, Message, MessageType, Place, Poll } from '../network/types.ts'
import type { State } from '../state.ts'

/** A message as WhatsApp has it, with what only the emulator knows. */
export interface MessageView extends PhoneMessage {
  readonly type: MessageType
  /** ms since the epoch. */
  readonly sentAt: number
  /** Gateway and session that sent it; `phone` for a phone itself. */
  readonly via: { readonly gateway: string; readonly session: string }
  /** Its file, if it has one. */
  readonly media?: NonNullable<PhoneMessage['media']> & { /** Bytes. */ readonly size: number }
  /** Its place, if it has one. */
  readonly place?: Place
  /** Its contact cards, if it has some. */
  readonly cards?: readonly Card[]
  /** True when its text was changed. */
  readonly edited?: true
}

/** A file for the control: bytes as base64 text, also as a `data:` URL. */
export interface FileInput {
  /** Base64 text, or a `data:` URL. */
  readonly base64: string
  /** `image/png`. Default: what a `data:` URL says. */
  readonly mimetype?: string
  /** File name. Default: none. */
  readonly filename?: string
}

/** A message that a phone is to write. Needs one of `text`, `file`, `place`, `cards`, `poll`. */
export interface PhoneMessageInput {
  /** The phone that writes. */
  readonly from: string
  /** Number, or JID of a group, channel or `status@broadcast`. */
  readonly to: string
  /** Text, or the caption of a file. */
  readonly text?: string
  /** A file. */
  readonly file?: FileInput
  /** How a file shows. Default: what its media type says. */
  readonly type?: MessageType
  /** A place. */
  readonly place?: Place
  /** Contact cards. */
  readonly cards?: readonly Card[]
  /** A poll. */
  readonly poll?: Poll
  /** Id of the message to reply to. */
  readonly replyTo?: string
  /** Digits of persons to mention. */
  readonly mentions?: readonly string[]
}

/** What a phone is changed to. Absent fields stay as they are. */
export interface PhoneInput {
  /** Digits of the phone. */
  readonly phone: string
  /** Display name. */
  readonly name?: string
  /** Text about the person. */
  readonly about?: string
  /** Profile picture; `null` removes it. */
  readonly picture?: FileInput | null
  /** Makes it the phone of a business. */
  readonly business?: BusinessProfile
  /** One that is off gets nothing until it is on again. */
  readonly on?: boolean
  /** Whether it reads by itself what it gets. */
  readonly reads?: boolean
  /** Whether its number is on WhatsApp. */
  readonly registered?: boolean
  /** Whether its linked devices have the keys of the app state, which they need to archive, star or rename. Default true. */
  readonly appState?: boolean
}

/** A call to make. */
export interface CallInput {
  /** The phone that calls. */
  readonly from: string
  /** The phone that rings. */
  readonly to: string
  /** Whether it is a video call. Default: no. */
  readonly video?: boolean
  /** JID of the group that is called, of which `to` is a member. Default: a call of two. */
  readonly group?: string
}

/** What people do with their phones. Each method rejects with an {@link EmulatorError} that says why. */
export interface PhoneControl extends Pick<TestPhones, 'group' | 'join' | 'channel' | 'label'> {
  /** A phone writes to a person, group, channel or `status@broadcast`. */
  message(input: PhoneMessageInput): Promise<MessageView>
  /**
   * A phone reacts to a message.
   *
   * @param input `emoji`: empty takes the reaction back
   */
  react(input: { readonly phone: string; readonly message: string; readonly emoji: string }): Promise<MessageView>
  /** A phone changes the text of its own message. */
  edit(input: { readonly phone: string; readonly message: string; readonly text: string }): Promise<MessageView>
  /** A phone deletes a message for everyone. */
  revoke(input: { readonly phone: string; readonly message: string }): Promise<MessageView>
  /**
   * A phone votes in a poll.
   *
   * @param input `options`: the chosen ones; none takes the vote back
   */
  vote(input: { readonly phone: string; readonly message: string; readonly options: readonly string[] }): Promise<MessageView>
  /**
   * A phone reads what is in a chat.
   *
   * @param input `chat`: number or JID of whom it is with
   */
  seen(input: { readonly phone: string; readonly chat: string }): Promise<void>
  /**
   * A phone types, records or is online; `paused` and `offline` end it.
   *
   * @param input `chat`: for all but online and offline
   */
  presence(input: {
    readonly phone: string
    readonly chat?: string
    readonly presence: 'online' | 'offline' | 'typing' | 'recording' | 'paused'
  }): Promise<void>
  /** Changes a phone. */
  phone(input: PhoneInput): Promise<void>
  /**
   * A phone calls another.
   *
   * @returns the call's id
   */
  call(input: CallInput): Promise<{ readonly id: string }>
  /**
   * What becomes of a call: the phone that it rings for accepts or rejects it, or the caller hangs up, before that (`missed`) or after it was
   * accepted (`ended`).
   *
   * @param input `phone`: the one that is called; `call`: its id
   */
  answer(input: { readonly phone: string; readonly call: string; readonly state: CallEnd }): Promise<void>
  /**
   * A phone that asked to join a group is let in or declined by an admin's phone, or withdraws.
   *
   * @param input `phone`: who asked; `admin`: who decides, not for `withdraw`; `group`: JID
   */
  request(input: {
    readonly phone: string
    readonly group: string
    readonly admin?: string
    readonly answer: 'approve' | 'reject' | 'withdraw'
  }): Promise<void>
  /**
   * Puts a file where gateways can fetch it.
   *
   * @returns its address
   */
  file(input: FileInput): Promise<{ readonly url: string }>
  /**
   * WhatsApp refuses a message after it was accepted: its ack becomes `ERROR`.
   *
   * @param input id of the message
   * @returns the message
   * @throws {EmulatorError} `not_found`: there is no such message
   */
  fail(input: { readonly message: string }): Promise<MessageView>
}

export function createPhoneControl(state: () => State): PhoneControl {
  function accountOf(value: unknown, field = 'phone'): Account {
    const phone = parsePhone(value)
    if (phone === undefined)
      throw new EmulatorError('invalid', `${field}: expected a number with country code, not ${JSON.stringify(value)}`)
    return state().network.account(phone)
  }

  function chatFrom(value: unknown, field: string): string {
    const chat = state().network.chatOf(value)
    if (chat === undefined) throw new EmulatorError('invalid', `${field}: expected a number or JID, not ${JSON.stringify(value)}`)
    return chat
  }

  function messageOf(id: unknown): Message {
    const message = typeof id === 'string' ? state().network.message(id) : undefined
    if (!message) throw new EmulatorError('not_found', `there is no message ${JSON.stringify(id)}`)
    return message
  }

  function stored({ base64, mimetype, filename }: FileInput, field: string) {
    const read = typeof base64 === 'string' ? decodeBase64(base64) : undefined
    if (!read) throw new EmulatorError('invalid', `${field}.base64: expected base64 text`)
    return state().network.media.add({ bytes: read.bytes, mimetype: mimetype ?? read.mimetype ?? 'application/octet-stream', filename })
  }

  const show = (message: Message) => viewMessage(message, state())

  return {
    message: wrapped(({ from, to, file, ...content }) => {
      const media = file && stored(file, 'file')
      if (!media && content.text === undefined && !content.place && !content.cards && !content.poll) {
        throw new EmulatorError('invalid', 'expected one of text, file, place, cards, poll')
      }
      return show(state().network.send({ ...content, from: accountOf(from, 'from'), to: chatFrom(to, 'to'), media }))
    }),

    react: wrapped(({ phone, message: id, emoji }) => {
      const message = messageOf(id)
      state().network.react(accountOf(phone), message, emoji)
      return show(message)
    }),

    edit: wrapped(({ phone, message: id, text }) => {
      const message = messageOf(id)
      state().network.edit(accountOf(phone), message, text)
      return show(message)
    }),

    revoke: wrapped(({ phone, message: id }) => {
      const message = messageOf(id)
      state().network.revoke(accountOf(phone), message)
      return show(message)
    }),

    vote: wrapped(({ phone, message: id, options }) => {
      const message = messageOf(id)
      state().network.vote(accountOf(phone), message, options)
      return show(message)
    }),

    seen: wrapped(({ phone, chat }) => state().network.markSeen(accountOf(phone), chatFrom(chat, 'chat'))),

    presence: wrapped(({ phone, chat, presence }) => {
      const account = accountOf(phone)
      if (presence === 'online' || presence === 'offline') state().network.presence.set(account, presence)
      else state().network.presence.type(account, chatFrom(chat, 'chat'), presence)
    }),

    phone: wrapped(({ phone, picture, ...changes }) => {
      const media = picture ? stored(picture, 'picture') : picture
      state().network.change(accountOf(phone), { ...changes, picture: media })
    }),

    group: wrapped(({ phone, subject, participants, approval }) => {
      const { groups } = state().network
      const owner = accountOf(phone)
      const persons = participants.map((one) => accountOf(one, 'participants'))
      const { id, invite } = groups.create(owner, { subject, participants: persons })
      if (approval) groups.change(owner, id, { approval })
      return { id, invite }
    }),

    join: wrapped(({ phone, invite }) => {
      const { group, joined } = state().network.groups.join(accountOf(phone), invite)
      return { id: group.id, joined }
    }),

    channel: wrapped(({ phone, name }) => ({ id: state().network.channels.create(accountOf(phone), { name }).id })),

    label: wrapped(({ phone, name }) => ({ id: state().network.labels.create(accountOf(phone), { name }).id })),

    call: wrapped(({ from, to, video, group }) => {
      return { id: state().network.calls.place(accountOf(from, 'from'), accountOf(to, 'to'), { video, group }).id }
    }),

    answer: wrapped(({ phone, call, state: end }) => {
      if (!['accepted', 'rejected', 'missed', 'ended'].includes(end)) {
        throw new EmulatorError('invalid', 'state: expected accepted, rejected, missed or ended')
      }
      state().network.calls.answer(accountOf(phone), call, end)
    }),

    request: wrapped(({ phone, group, admin, answer }) => {
      const { groups } = state().network
      const person = accountOf(phone)
      if (answer === 'withdraw') groups.withdraw(person, group)
      else if (answer === 'approve' || answer === 'reject') {
        const [result] = groups[answer](accountOf(admin, 'admin'), group, [person])
        if (!result?.ok) throw new EmulatorError('not_found', `${person.phone} has not asked to join ${group}`)
      } else throw new EmulatorError('invalid', 'answer: expected approve, reject or withdraw')
    }),

    file: wrapped((input) => ({ url: state().files.urlOf(stored(input, 'file')) })),

    fail: wrapped(({ message: id }) => {
      const message = messageOf(id)
      state().network.fail(message)
      return show(message)
    }),
  }
}

/** Turns refusals by the network into errors of the control. */
function wrapped<Input, Result>(act: (input: Input) => Result): (input: Input) => Promise<Result> {
  return async (input) => {
    try {
      return act(input)
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      throw new EmulatorError(error.code === 'forbidden' ? 'conflict' : error.code, error.message)
    }
  }
}

export function viewMessage(message: Message, { files, clock }: State): MessageView {
  const { id, from, to, chat, type, text, ack, sentAt, via, media, place, cards, poll, replyTo, mentions, reactions, pinnedUntil } = message
  return {
    id,
    from: from.phone,
    to: to?.phone ?? chat,
    type,
    text,
    ack: ackName(ack),
    sentAt,
    via,
    ...(media
      ? {
          media: {
            mimetype: media.mimetype,
            ...(media.filename === undefined ? {} : { filename: media.filename }),
            size: media.size,
            url: files.urlOf(media),
          },
        }
      : {}),
    ...(place ? { place } : {}),
    ...(cards ? { cards } : {}),
    ...(poll ? { poll } : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(message.forwarded ? { forwarded: true } : {}),
    ...(message.editedAt === undefined ? {} : { edited: true }),
    ...(message.revoked ? { revoked: true } : {}),
    ...(pinnedUntil !== undefined && pinnedUntil > clock.now() ? { pinned: true } : {}),
    ...(reactions.size > 0 ? { reactions: Object.fromEntries(reactions) } : {}),
  }
}

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Conversation, MessageRow } from '../../src/page/types.ts'
import { act, control } from '../api.ts'
import { useRows } from '../data.ts'
import { Avatar } from '../parts/avatar.tsx'
import { closeDialog, openDialog } from '../parts/dialog.tsx'
import { dayOf, plural } from '../parts/format.ts'
import { Icon } from '../parts/icons.tsx'
import { Text } from '../parts/text.tsx'
import { VirtualList } from '../parts/virtual-list.tsx'
import { linkTo } from '../route.ts'
import { Composer } from './composer.tsx'
import { MessageBubble } from './message.tsx'

interface ConversationProps {
  readonly phone: string
  readonly chat: string
}

export function ConversationView({ phone, chat }: ConversationProps) {
  const { answer, total, rowAt, want } = useRows<MessageRow, Conversation>('messages', { phone, chat }, ['network'], true)
  const [reply, setReply] = useState<MessageRow | undefined>(undefined)
  const name = answer?.name ?? chat
  return (
    <section class="column conversation" aria-label={`Conversation with ${name}`}>
      <Head phone={phone} chat={chat} conversation={answer} />
      <Calls phone={phone} conversation={answer} />
      <VirtualList
        id={`${phone} ${chat}`}
        label="Messages"
        class="messages"
        fromEnd
        total={total}
        guess={58}
        want={want}
        row={(index) => {
          const row = rowAt(index)
          if (!row) return <div class="skeleton bubble" />
          const before = rowAt(index - 1)
          const day = !before || dayOf(before.sentAt) !== dayOf(row.sentAt)
          const follows = !day && before?.from === row.from
          return (
            <>
              {day && <p class="day">{dayOf(row.sentAt)}</p>}
              <MessageBubble phone={phone} row={row} group={answer?.kind === 'group'} follows={follows} onReply={() => setReply(row)} />
            </>
          )
        }}
      />
      {answer && total === 0 && <p class="empty over">Nothing written yet.</p>}
      <NewMessages last={rowAt(total - 1)} />
      <Composer phone={phone} chat={chat} reply={reply} onReplied={() => setReply(undefined)} />
    </section>
  )
}

/** Tells screen readers what comes in; the list itself changes when somebody scrolls. */
function NewMessages({ last }: { readonly last: MessageRow | undefined }) {
  const before = useRef(last?.id)
  const [text, setText] = useState('')
  useEffect(() => {
    if (!last || last.id === before.current) return
    if (before.current !== undefined && !last.mine) setText(`${last.fromName}: ${last.text || last.type}`)
    before.current = last.id
  }, [last?.id])
  return (
    <p class="hidden" aria-live="polite">
      {text}
    </p>
  )
}

function Head({ phone, chat, conversation }: ConversationProps & { readonly conversation: Conversation | undefined }) {
  const name = conversation?.name ?? chat
  const kind = conversation?.kind ?? 'person'
  const other = kind === 'person' ? conversation?.people[0] : undefined
  return (
    <header>
      <a class="plain back" href={linkTo('chats', phone)} aria-label="Back to chats">
        <Icon name="back" />
      </a>
      <button type="button" class="owner" onClick={() => conversation && showChat(phone, conversation)} title="About this chat">
        <Avatar id={chat} name={name} kind={kind} online={other !== undefined && other.presence !== 'offline'} />
        <span class="row-text">
          <span class="row-name">
            <Text value={name} />
          </span>
          <span class="row-sub">{conversation && subtitle(conversation)}</span>
        </span>
      </button>
      {other && (
        <>
          <button type="button" class="plain" aria-label={`Call ${name}`} title="Call" onClick={() => call(phone, other.phone, false)}>
            <Icon name="phone" />
          </button>
          <button
            type="button"
            class="plain"
            aria-label={`Video call ${name}`}
            title="Video call"
            onClick={() => call(phone, other.phone, true)}
          >
            <Icon name="video" />
          </button>
        </>
      )}
    </header>
  )
}

function subtitle({ kind, people, about }: Conversation) {
  const busy = people.filter(({ presence }) => presence === 'typing' || presence === 'recording')
  if (busy.length > 0) return `${kind === 'person' ? '' : `${busy.map(({ name }) => name).join(', ')} `}${busy[0]?.presence}…`
  if (kind === 'group') return <Text value={people.map(({ name }) => name).join(', ')} />
  const [person] = people
  if (kind === 'person' && person) return person.presence === 'offline' ? `+${person.phone}` : person.presence
  return <Text value={about} />
}

function call(from: string, to: string, video: boolean): Promise<unknown> {
  return control('call', { from, to, video })
}

/** Calls that ring, and the last one that was answered. */
function Calls({ phone, conversation }: { readonly phone: string; readonly conversation: Conversation | undefined }) {
  const last = conversation?.calls.at(-1)
  const now = conversation?.rows.at(-1)?.sentAt ?? 0
  if (!last || (last.state !== 'ringing' && last.at < now)) return null
  const what = `${last.mine ? 'Outgoing' : 'Incoming'} ${last.video ? 'video ' : ''}call`
  const state = { ringing: 'rings', accepted: 'was taken', rejected: 'was declined', missed: 'was missed', ended: 'has ended' }[last.state]
  const answer = (accept: boolean) => act('answer', { phone, call: last.id, accept })
  return (
    <div class="call" role="status">
      <Icon name={last.video ? 'video' : 'phone'} />
      <span>{`${what} ${state}`}</span>
      {last.state === 'ringing' && !last.mine && (
        <>
          <button type="button" class="primary" onClick={() => answer(true)}>
            Take it
          </button>
          <button type="button" class="danger" onClick={() => answer(false)}>
            Decline
          </button>
        </>
      )}
    </div>
  )
}

function showChat(phone: string, { chat, name, kind, people, about, total }: Conversation): void {
  const doing = (presence: string) => control('presence', { phone, chat, presence })
  openDialog(name, () => (
    <div class="form">
      <p class="facts">
        <code>{chat}</code> · {plural(total, 'message')}
      </p>
      {about !== '' && (
        <p>
          <Text value={about} />
        </p>
      )}
      {kind !== 'person' && people.length > 0 && (
        <ul class="people">
          {people.map((one) => (
            <li key={one.phone}>
              <Avatar id={one.phone} name={one.name} />
              <a href={linkTo('chats', one.phone, chat)} onClick={closeDialog}>
                <Text value={one.name} />
              </a>
              <span class="chip">{one.role}</span>
            </li>
          ))}
        </ul>
      )}
      {kind === 'person' && people[0] && (
        <p>
          <a href={linkTo('chats', people[0].phone, `${phone}@c.us`)} onClick={closeDialog}>
            See it from the other side
          </a>
        </p>
      )}
      <div class="buttons">
        <button type="button" onClick={() => control('seen', { phone, chat })}>
          Mark as read
        </button>
        <button type="button" onClick={() => doing('typing')}>
          Show as typing
        </button>
        <button type="button" onClick={() => doing('recording')}>
          Show as recording
        </button>
        <button type="button" onClick={() => doing('paused')}>
          Stop showing it
        </button>
      </div>
    </div>
  ))
}

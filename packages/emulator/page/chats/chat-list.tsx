import type { ChatRow, PhoneRow, Part as RowPart } from '../../src/page/types.ts'
import { useLook } from '../data.ts'
import { overview } from '../live.ts'
import { Avatar } from '../parts/avatar.tsx'
import { shortDate } from '../parts/format.ts'
import { Icon, Ticks } from '../parts/icons.tsx'
import { Text } from '../parts/text.tsx'
import { linkTo } from '../route.ts'
import { changePhone, newChat, newGroup, postStatus } from './phone-dialogs.tsx'
import { SearchList } from './search-list.tsx'

export function ChatList({ phone, here }: { readonly phone: string; readonly here: string | undefined }) {
  const owner = useLook<RowPart<PhoneRow>>('phones', { search: phone }, ['network', 'sessions'])?.rows.find((one) => one.phone === phone)
  return (
    <section class="column list" aria-label="Chats">
      <header>
        <a class="plain back" href={linkTo('chats')} aria-label="Back to phones">
          <Icon name="back" />
        </a>
        <button type="button" class="owner" onClick={() => owner && changePhone(owner)} title="Change this phone">
          <Avatar id={phone} name={owner?.name ?? ''} picture={owner?.picture} />
          <span class="row-text">
            <span class="row-name">
              <Text value={owner?.name ?? `+${phone}`} />
            </span>
            <span class="row-sub">{owner ? stateOf(owner) : `+${phone}`}</span>
          </span>
        </button>
        <button type="button" class="plain" aria-label="Post a status" title="Post a status" onClick={() => postStatus(phone)}>
          <Icon name="status" />
        </button>
        <button type="button" class="plain" aria-label="New group" title="New group" onClick={() => newGroup(phone)}>
          <Icon name="group" />
        </button>
        <button type="button" class="plain" aria-label="New chat" title="New chat" onClick={() => newChat(phone)}>
          <Icon name="plus" />
        </button>
      </header>
      <SearchList<ChatRow>
        of="chats"
        where={{ phone }}
        topics={['network']}
        label="Chat list"
        placeholder="Search chats"
        guess={68}
        empty="No chats yet. Begin one with the + button."
        notFound="No chat matches the search."
        failed={`There is no phone +${phone} yet.`}
        row={(row) => <ChatLink phone={phone} row={row} here={row.chat === here} />}
      />
    </section>
  )
}

function stateOf({ phone, on, reads, registered }: PhoneRow): string {
  const told = [!on && 'off', !reads && 'leaves unread', !registered && 'not on WhatsApp'].filter(Boolean)
  return told.length > 0 ? told.join(', ') : `+${phone}`
}

function ChatLink({ phone, row, here }: { readonly phone: string; readonly row: ChatRow; readonly here: boolean }) {
  const { chat, kind, name, unread, archived, pinned, muted, at, last } = row
  return (
    <a class="row" href={linkTo('chats', phone, chat)} aria-current={here ? 'true' : undefined}>
      <Avatar id={chat} name={name} kind={kind} />
      <span class="row-text">
        <span class="row-name">
          <Text value={name} />
        </span>
        <span class="row-sub">
          {last?.mine && <Ticks ack={last.ack} />}
          {last && !last.mine && kind === 'group' && (
            <>
              <Text value={last.from} />
              {': '}
            </>
          )}
          {last && <Text value={lastText(last)} />}
        </span>
      </span>
      <span class="row-end">
        <time dateTime={new Date(at).toISOString()}>{shortDate(at, overview.value?.now ?? at)}</time>
        <span class="row-marks">
          {archived && <span class="chip">archived</span>}
          {muted && <span class="chip">muted</span>}
          {pinned && <Icon name="pin" />}
          {unread > 0 && (
            <span class="badge">
              {unread}
              <span class="hidden"> unread</span>
            </span>
          )}
        </span>
      </span>
    </a>
  )
}

function lastText({ text, type, revoked }: NonNullable<ChatRow['last']>): string {
  if (revoked) return 'Deleted message'
  const kind = `${type.charAt(0).toUpperCase()}${type.slice(1)}`
  if (type === 'text') return text
  return text === '' ? kind : `${kind}: ${text}`
}

import { overview } from '../live.ts'
import { Brand } from '../parts/brand.tsx'
import { route } from '../route.ts'
import { ChatList } from './chat-list.tsx'
import { ConversationView } from './conversation.tsx'
import { PhoneList } from './phone-list.tsx'

/** Phones, the chats of one, and a conversation: three columns, of which a narrow screen shows one. */
export function ChatsPart() {
  const [phone, chat] = route.value.ids
  return (
    <div class="chats">
      <PhoneList here={phone} />
      {phone === undefined ? <Welcome /> : <ChatList key={phone} phone={phone} here={chat} />}
      {phone !== undefined && (chat === undefined ? <NoChat /> : <ConversationView key={`${phone} ${chat}`} phone={phone} chat={chat} />)}
    </div>
  )
}

function Welcome() {
  const known = overview.value
  const started = (known?.totals.phones ?? 0) > 0
  return (
    <section class="welcome" aria-label="Welcome">
      <div class="welcome-inner">
        <Brand size={72} />
        <h2>{started ? 'Take a phone' : 'A WhatsApp of your own'}</h2>
        {started ? (
          <p>Choose a phone at the left to see its chats, and to write as the person who holds it.</p>
        ) : (
          <ol>
            <li>
              <a href="#/sessions">Make a session</a> on one of the four gateways, or let your program make one.
            </li>
            <li>Click its QR code to scan it: the emulator makes a phone for it.</li>
            <li>Write from there, and from any other number. Every number is a phone.</li>
          </ol>
        )}
      </div>
    </section>
  )
}

function NoChat() {
  return (
    <section class="welcome no-chat" aria-label="No chat chosen">
      <p>Choose a chat, or begin a new one.</p>
    </section>
  )
}

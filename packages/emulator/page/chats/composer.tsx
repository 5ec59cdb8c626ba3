import { useEffect, useRef, useState } from 'preact/hooks'
import type { MessageRow } from '../../src/page/types.ts'
import { act, control } from '../api.ts'
import { overview } from '../live.ts'
import { openDialog } from '../parts/dialog.tsx'
import { GATEWAY_NAMES } from '../parts/format.ts'
import { Icon } from '../parts/icons.tsx'
import { Text } from '../parts/text.tsx'
import { Attach } from './attach.tsx'

interface ComposerProps {
  readonly phone: string
  readonly chat: string
  readonly reply: MessageRow | undefined
  onReplied(): void
}

/** Writes as the phone itself, or through a session that is linked to it. */
export function Composer({ phone, chat, reply, onReplied }: ComposerProps) {
  const [text, setText] = useState('')
  const [via, setVia] = useState('')
  const box = useRef<HTMLTextAreaElement>(null)
  const sessions = (overview.value?.sessions ?? []).filter((one) => one.phone === phone && one.state === 'connected')
  const chosen = sessions.find((one) => `${one.gateway} ${one.session}` === via)

  useEffect(() => {
    if (reply) box.current?.focus()
  }, [reply])

  async function send(): Promise<void> {
    if (text.trim() === '') return
    const written = text
    setText('')
    const sent = chosen
      ? await act('send', { gateway: chosen.gateway, session: chosen.session, to: chat, text: written })
      : await control('message', { from: phone, to: chat, text: written, ...(reply ? { replyTo: reply.id } : {}) })
    if (sent) onReplied()
    else setText(written)
    box.current?.focus()
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {reply && (
        <div class="replying">
          <blockquote>
            <b>
              <Text value={reply.fromName} />
            </b>
            <Text value={reply.text.slice(0, 120) || reply.type} />
          </blockquote>
          <button type="button" class="plain" aria-label="Do not reply" onClick={onReplied}>
            <Icon name="close" />
          </button>
        </div>
      )}
      {sessions.length > 0 && (
        <label class="through">
          <span>Write through</span>
          <select value={via} onChange={(event) => setVia(event.currentTarget.value)}>
            <option value="">the phone</option>
            {sessions.map(({ gateway, session }) => (
              <option key={`${gateway} ${session}`} value={`${gateway} ${session}`}>{`${GATEWAY_NAMES[gateway]}: ${session}`}</option>
            ))}
          </select>
        </label>
      )}
      <div class="writing">
        <button
          type="button"
          class="plain"
          aria-label="Attach"
          title="Attach"
          onClick={() => openDialog('Send', () => <Attach phone={phone} chat={chat} />)}
        >
          <Icon name="attach" />
        </button>
        <textarea
          ref={box}
          aria-label="Message"
          placeholder="Message"
          dir="auto"
          rows={1}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            void send()
          }}
        />
        <button type="submit" class="primary round" aria-label="Send">
          <Icon name="send" />
        </button>
      </div>
    </form>
  )
}

import { useState } from 'preact/hooks'
import type { MessageDetails, MessageRow } from '../../src/page/types.ts'
import { control, copy } from '../api.ts'
import { useLook } from '../data.ts'
import { closeDialog } from '../parts/dialog.tsx'
import { Field, Form } from '../parts/form.tsx'
import { fullTime } from '../parts/format.ts'
import { Ticks } from '../parts/icons.tsx'
import { Text } from '../parts/text.tsx'

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const

interface MessageActionsProps {
  readonly phone: string
  readonly row: MessageRow
  onReply(): void
}

/** What can be done with a message as this phone, and what is known of it. */
export function MessageActions({ phone, row, onReply }: MessageActionsProps) {
  const details = useLook<MessageDetails>('message', { phone, id: row.id }, ['network'])
  const [editing, setEditing] = useState(false)
  const own = details?.reactions.find(({ mine }) => mine)?.emoji
  async function done(acting: Promise<unknown>): Promise<void> {
    if (await acting) closeDialog()
  }
  if (editing && details) {
    return (
      <Form action="Save" submit={(fields) => done(control('edit', { phone, message: row.id, text: fields.text('text') }))}>
        <Field label="Text">
          <textarea name="text" rows={5} dir="auto" defaultValue={details.text} required />
        </Field>
      </Form>
    )
  }
  return (
    <div class="form">
      {!row.revoked && (
        <fieldset class="emoji">
          <legend class="hidden">React</legend>
          {EMOJI.map((emoji) => (
            <button
              key={emoji}
              type="button"
              aria-pressed={own === emoji}
              aria-label={`React with ${emoji}`}
              onClick={() => done(control('react', { phone, message: row.id, emoji: own === emoji ? '' : emoji }))}
            >
              {emoji}
            </button>
          ))}
        </fieldset>
      )}
      <div class="buttons">
        {!row.revoked && (
          <button
            type="button"
            onClick={() => {
              onReply()
              closeDialog()
            }}
          >
            Reply
          </button>
        )}
        {row.mine && !row.revoked && (
          <button type="button" onClick={() => setEditing(true)}>
            Edit
          </button>
        )}
        {row.text !== '' && (
          <button type="button" onClick={() => copy(details?.text ?? row.text, 'Text')}>
            Copy text
          </button>
        )}
        {row.mine && !row.revoked && (
          <button type="button" class="danger" onClick={() => done(control('revoke', { phone, message: row.id }))}>
            Delete for everyone
          </button>
        )}
        {row.mine && row.ack >= 0 && (
          <button type="button" class="danger" onClick={() => done(control('fail', { message: row.id }))}>
            Let WhatsApp refuse it
          </button>
        )}
      </div>
      <dl class="facts">
        <dt>Id</dt>
        <dd>
          <code>{row.id}</code>
        </dd>
        <dt>Sent</dt>
        <dd>{fullTime(row.sentAt)}</dd>
        <dt>Through</dt>
        <dd>{row.via.gateway === 'phone' ? 'the phone itself' : `${row.via.gateway}, session ${row.via.session}`}</dd>
      </dl>
      {details && details.receipts.length > 0 && (
        <>
          <h3>How far it got</h3>
          <ul class="people">
            {details.receipts.map(({ phone: number, name, ack }) => (
              <li key={number}>
                <Ticks ack={ack} />
                <Text value={name} />
                <span class="row-sub">{`+${number}`}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

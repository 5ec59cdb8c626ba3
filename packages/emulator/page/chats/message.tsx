import { useState } from 'preact/hooks'
import type { MessageDetails, MessageRow } from '../../src/page/types.ts'
import { control, look, say } from '../api.ts'
import { openDialog } from '../parts/dialog.tsx'
import { bytes, GATEWAY_NAMES, hueOf, timeOf } from '../parts/format.ts'
import { Icon, Ticks } from '../parts/icons.tsx'
import { Text } from '../parts/text.tsx'
import { MessageActions } from './message-actions.tsx'

interface MessageBubbleProps {
  readonly phone: string
  readonly row: MessageRow
  readonly group: boolean
  /** The message before is of the same person. */
  readonly follows: boolean
  onReply(): void
}

export function MessageBubble({ phone, row, group, follows, onReply }: MessageBubbleProps) {
  const { mine, fromName, from, type, via, forwarded, edited, pinned, starred, revoked, reactions } = row
  const sticker = type === 'sticker' && !revoked
  const through = mine && via.gateway !== 'phone' ? `${GATEWAY_NAMES[via.gateway] ?? via.gateway}` : ''
  const open = () => openDialog('Message', () => <MessageActions phone={phone} row={row} onReply={onReply} />)
  return (
    <article class={`message${mine ? ' mine' : ''}${follows ? ' follows' : ''}`} aria-label={`${fromName}, ${timeOf(row.sentAt)}`}>
      <div class={sticker ? 'bubble sticker' : 'bubble'}>
        {group && !mine && !follows && (
          <p class={`from tone${hueOf(from)}`}>
            <Text value={fromName} />
          </p>
        )}
        {forwarded && <p class="note">Forwarded</p>}
        {row.reply && !revoked && (
          <blockquote>
            <b>
              <Text value={row.reply.fromName} />
            </b>
            <Text value={row.reply.text || row.reply.type} />
          </blockquote>
        )}
        {revoked ? <p class="gone">This message was deleted.</p> : <Content phone={phone} row={row} />}
        <p class="meta">
          {pinned && <Icon name="pin" />}
          {starred && <span>★</span>}
          {edited && <span>edited</span>}
          {through !== '' && (
            <span class="via" title={`sent by session ${via.session}`}>
              {through}
            </span>
          )}
          <time dateTime={new Date(row.sentAt).toISOString()}>{timeOf(row.sentAt)}</time>
          {mine && <Ticks ack={row.ack} />}
        </p>
        {reactions.length > 0 && (
          <p class="reactions">
            {reactions.map(({ emoji, names, mine: own }) => (
              <button
                key={emoji}
                type="button"
                class={own ? 'own' : ''}
                title={names.join(', ')}
                aria-label={`${emoji} by ${names.join(', ')}`}
                onClick={() => control('react', { phone, message: row.id, emoji: own ? '' : emoji })}
              >
                <Text value={emoji} />
                {names.length > 1 && <span>{names.length}</span>}
              </button>
            ))}
          </p>
        )}
      </div>
      <button type="button" class="plain more" data-row aria-label={`What can be done with this message of ${fromName}`} onClick={open}>
        <Icon name="more" />
      </button>
    </article>
  )
}

function Content({ phone, row }: { readonly phone: string; readonly row: MessageRow }) {
  const { media, place, cards, poll } = row
  return (
    <>
      {media && <Media row={row} media={media} />}
      {place && (
        <div class="place">
          <div class="map" aria-hidden="true">
            <Icon name="place" />
          </div>
          <p>
            {place.name && (
              <b>
                <Text value={place.name} />
              </b>
            )}
            {place.address && <Text value={place.address} />}
            <span class="coordinates">{`${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`}</span>
          </p>
        </div>
      )}
      {cards?.map(({ name, phone: number, organization }, index) => (
        <div class="card" key={index}>
          <span class="avatar hue3" aria-hidden="true">
            <Icon name="person" />
          </span>
          <p>
            <b>
              <Text value={name} />
            </b>
            {number && <span>{`+${number}`}</span>}
            {organization && <Text value={organization} />}
          </p>
        </div>
      ))}
      {poll ? <Poll phone={phone} row={row} poll={poll} /> : row.text !== '' && <Written phone={phone} row={row} />}
    </>
  )
}

/** The text; a very long one is fetched when it is unfolded. */
function Written({ phone, row }: { readonly phone: string; readonly row: MessageRow }) {
  const [whole, setWhole] = useState<string | undefined>(undefined)
  async function unfold(): Promise<void> {
    try {
      setWhole((await look<MessageDetails>('message', { phone, id: row.id })).text)
    } catch (error) {
      say(String(error), true)
    }
  }
  return (
    <p class="text" dir="auto">
      <Text value={named(whole ?? row.text, row)} />
      {row.length !== undefined && whole === undefined && (
        <>
          {'… '}
          <button type="button" class="link" onClick={unfold}>{`Show all ${row.length.toLocaleString()} characters`}</button>
        </>
      )}
    </p>
  )
}

/** Writes the names of mentioned persons in place of their numbers. */
function named(text: string, { mentions }: MessageRow): string {
  return mentions.reduce((written, { digits, name }) => written.replaceAll(`@${digits}`, `@${name}`), text)
}

function Media({ row, media }: { readonly row: MessageRow; readonly media: NonNullable<MessageRow['media']> }) {
  const { url, mimetype, filename, size } = media
  const name = filename ?? `${row.type}, ${mimetype}`
  const [broken, setBroken] = useState(false)
  const picture = (row.type === 'image' || row.type === 'sticker') && !broken
  if (picture) return <img class={row.type} src={url} alt={row.text || name} loading="lazy" onError={() => setBroken(true)} />
  if (row.type === 'video' && !broken) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what somebody sends has no captions
      <video src={url} controls preload="none" aria-label={name} onError={() => setBroken(true)} />
    )
  }
  if (row.type === 'voice' || row.type === 'audio') {
    return (
      <div class="sound">
        <Icon name="voice" />
        {/* biome-ignore lint/a11y/useMediaCaption: as above */}
        <audio src={url} controls preload="none" aria-label={name} />
      </div>
    )
  }
  return (
    <a class="file" href={url} download={filename ?? true}>
      <Icon name="file" />
      <span>
        <b>
          <Text value={name} />
        </b>
        <span>{`${mimetype}, ${bytes(size)}`}</span>
      </span>
    </a>
  )
}

interface PollProps {
  readonly phone: string
  readonly row: MessageRow
  readonly poll: NonNullable<MessageRow['poll']>
}

function Poll({ phone, row, poll }: PollProps) {
  const most = Math.max(1, ...poll.options.map(({ votes }) => votes.length))
  function vote(option: string): void {
    const mine = poll.options.filter((one) => one.mine).map((one) => one.option)
    const rest = mine.filter((one) => one !== option)
    const options = mine.includes(option) ? rest : [...(poll.multiple ? rest : []), option]
    void control('vote', { phone, message: row.id, options })
  }
  return (
    <fieldset class="poll">
      <legend>
        <Text value={poll.question} />
      </legend>
      <p class="note">{poll.multiple ? 'Choose one or more' : 'Choose one'}</p>
      {poll.options.map(({ option, votes, mine }) => (
        <label key={option} title={votes.join(', ')}>
          <input type={poll.multiple ? 'checkbox' : 'radio'} checked={mine} onClick={() => vote(option)} onChange={() => {}} />
          <span class="option">
            <Text value={option} />
            <span class="votes">{votes.length}</span>
            <progress max={most} value={votes.length} aria-hidden="true" />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

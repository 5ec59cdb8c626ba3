import { useState } from 'preact/hooks'
import type { DeliveryDetails, DeliveryRow } from '../../src/page/types.ts'
import { control, say } from '../api.ts'
import { useLook, useRows } from '../data.ts'
import { overview } from '../live.ts'
import { exactTime, GATEWAY_NAMES, plural } from '../parts/format.ts'
import { GatewayFilter } from '../parts/gateway-filter.tsx'
import { Icon } from '../parts/icons.tsx'
import { Text } from '../parts/text.tsx'
import { VirtualList } from '../parts/virtual-list.tsx'
import { Wire } from '../parts/wire.tsx'
import { linkTo, route } from '../route.ts'

export function WebhooksPart() {
  const [id] = route.value.ids
  const [filter, setFilter] = useState({ gateway: '', search: '' })
  const { total, rowAt, want, answer } = useRows<DeliveryRow>('deliveries', filter, ['deliveries'])
  return (
    <div class="split" data-open={id !== undefined}>
      <section class="column" aria-label="Webhooks">
        <div class="filter">
          <input
            type="search"
            placeholder="Event, address or session"
            aria-label="Search webhooks"
            value={filter.search}
            onInput={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
          />
          <GatewayFilter value={filter.gateway} onChange={(gateway) => setFilter({ ...filter, gateway })} />
        </div>
        <Held />
        <VirtualList
          id={JSON.stringify(filter)}
          label="Webhook list"
          total={total}
          guess={56}
          want={want}
          row={(index) => {
            const row = rowAt(index)
            return row ? <DeliveryLink row={row} here={row.id === id} /> : <div class="skeleton row" />
          }}
        />
        {answer && total === 0 && (
          <p class="empty">No webhooks yet. Set one up through the API of a gateway; its deliveries appear here.</p>
        )}
      </section>
      {id === undefined ? (
        <section class="welcome" aria-label="No webhook chosen">
          <p>Choose a webhook to see what was sent, with every attempt.</p>
        </section>
      ) : (
        <Details key={id} id={id} />
      )}
    </div>
  )
}

/** Those that are held back. */
function Held() {
  const held = overview.value?.held ?? 0
  const release = async (order: string) => {
    const answer = await control<{ released: number }>('release', { order })
    if (answer) say(`${plural(answer.released, 'webhook')} released.`)
  }
  return (
    <div class="buttons small bar">
      <button type="button" onClick={() => control('webhooks', { hold: true })}>
        Hold back
      </button>
      <button type="button" onClick={() => control('webhooks', { hold: false })}>
        Let through
      </button>
      {held > 0 && (
        <>
          <button type="button" onClick={() => release('first to last')}>{`Release ${held}`}</button>
          <button type="button" onClick={() => release('last to first')}>
            In reverse
          </button>
        </>
      )}
    </div>
  )
}

const GOOD: readonly string[] = ['delivered', 'recorded']
const BAD: readonly string[] = ['failed', 'dropped']

function stateClass(state: string): string {
  if (GOOD.includes(state)) return 'status good'
  return BAD.includes(state) ? 'status bad' : 'status pending'
}

function DeliveryLink({ row, here }: { readonly row: DeliveryRow; readonly here: boolean }) {
  const { id, gateway, session, event, url, state, attempts } = row
  return (
    <a class="row request" href={linkTo('webhooks', id)} aria-current={here ? 'true' : undefined}>
      <span class={stateClass(state)}>{state}</span>
      <span class="row-text">
        <span class="row-name">
          <Text value={event} />
        </span>
        <span class="row-sub">
          <Text value={url} />
        </span>
      </span>
      <span class="row-end">
        <span class={`chip ${gateway}`} title={session}>
          {GATEWAY_NAMES[gateway]}
        </span>
        <span class="row-sub">{plural(attempts.length, 'try', 'tries')}</span>
      </span>
    </a>
  )
}

function Details({ id }: { readonly id: string }) {
  const details = useLook<DeliveryDetails>('delivery', { id }, ['deliveries'])
  return (
    <section class="column details" aria-label="Chosen webhook">
      <header>
        <a class="plain back" href={linkTo('webhooks')} aria-label="Back to webhooks">
          <Icon name="back" />
        </a>
        <h2>
          <Text value={details?.event ?? id} />
        </h2>
        {details && <span class={stateClass(details.state)}>{details.state}</span>}
      </header>
      {details && (
        <div class="scroll">
          <p class="facts">
            <code>POST</code> <Text value={details.url} />
          </p>
          <p class="note">{`${GATEWAY_NAMES[details.gateway]}, session ${details.session}`}</p>
          {details.error && <p class="error">{details.error}</p>}
          <h3>Tries</h3>
          {details.attempts.length === 0 && <p class="note">none yet</p>}
          <ol class="tries">
            {details.attempts.map(({ at, status }, index) => (
              <li key={index}>
                <span class={status !== undefined && status < 300 ? 'status good' : 'status bad'}>{status ?? 'no answer'}</span>
                <time dateTime={new Date(at).toISOString()}>{exactTime(at)}</time>
              </li>
            ))}
          </ol>
          <div class="buttons">
            <button type="button" onClick={() => control('redeliver', { id })}>
              Send once more
            </button>
          </div>
          <Wire title="Request" headers={details.headers} body={details.body} />
        </div>
      )}
    </section>
  )
}

import { useState } from 'preact/hooks'
import type { RequestDetails, RequestRow } from '../../src/page/types.ts'
import { act, copy } from '../api.ts'
import { useLook, useRows } from '../data.ts'
import { exactTime, fullTime, GATEWAY_NAMES } from '../parts/format.ts'
import { GatewayFilter } from '../parts/gateway-filter.tsx'
import { Icon } from '../parts/icons.tsx'
import { Text } from '../parts/text.tsx'
import { VirtualList } from '../parts/virtual-list.tsx'
import { Wire } from '../parts/wire.tsx'
import { linkTo, route } from '../route.ts'

export function RequestsPart() {
  const [id] = route.value.ids
  const [filter, setFilter] = useState({ gateway: '', search: '', only: '' })
  const { total, rowAt, want, answer } = useRows<RequestRow>('requests', filter, ['requests'])
  return (
    <div class="split" data-open={id !== undefined}>
      <section class="column" aria-label="Requests">
        <div class="filter">
          <input
            type="search"
            placeholder="Operation, path or status"
            aria-label="Search requests"
            value={filter.search}
            onInput={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
          />
          <GatewayFilter value={filter.gateway} onChange={(gateway) => setFilter({ ...filter, gateway })} />
          <label class="check">
            <input
              type="checkbox"
              checked={filter.only === 'errors'}
              onChange={(event) => setFilter({ ...filter, only: event.currentTarget.checked ? 'errors' : '' })}
            />
            <span>Errors only</span>
          </label>
          <button type="button" onClick={() => act('forget', {})}>
            Clear
          </button>
        </div>
        <VirtualList
          id={JSON.stringify(filter)}
          label="Request list"
          total={total}
          guess={56}
          want={want}
          row={(index) => {
            const row = rowAt(index)
            return row ? <RequestLink row={row} here={String(row.id) === id} /> : <div class="skeleton row" />
          }}
        />
        {answer && total === 0 && <p class="empty">No requests yet. The requests that your programs send to the gateways appear here.</p>}
      </section>
      {id === undefined ? (
        <section class="welcome" aria-label="No request chosen">
          <p>Choose a request to see what was sent and what was answered.</p>
        </section>
      ) : (
        <Details key={id} id={id} />
      )}
    </div>
  )
}

function statusClass(status: number | undefined): string {
  if (status === undefined) return 'status pending'
  return status === 0 || status >= 400 ? 'status bad' : 'status good'
}

function statusText(status: number | undefined): string {
  if (status === undefined) return '…'
  return status === 0 ? 'lost' : String(status)
}

function RequestLink({ row, here }: { readonly row: RequestRow; readonly here: boolean }) {
  const { id, at, ms, gateway, namespace, operation, method, path, status, own } = row
  return (
    <a class="row request" href={linkTo('requests', id)} aria-current={here ? 'true' : undefined}>
      <span class={statusClass(status)}>{statusText(status)}</span>
      <span class="row-text">
        <span class="row-name">
          <Text value={operation || 'no such operation'} />
        </span>
        <span class="row-sub">
          <Text value={`${method} ${path}`} />
        </span>
      </span>
      <span class="row-end">
        <span class="row-marks">
          {own && <span class="chip">page</span>}
          {namespace !== undefined && (
            <span class="chip" title="Namespace">
              <Text value={`@${namespace}`} />
            </span>
          )}
          <span class={`chip ${gateway}`}>{GATEWAY_NAMES[gateway]}</span>
        </span>
        <time dateTime={new Date(at).toISOString()}>{`${exactTime(at)}${ms === undefined ? '' : `, ${ms} ms`}`}</time>
      </span>
    </a>
  )
}

function Details({ id }: { readonly id: string }) {
  const details = useLook<RequestDetails>('request', { id }, ['requests'])
  return (
    <section class="column details" aria-label="Chosen request">
      <header>
        <a class="plain back" href={linkTo('requests')} aria-label="Back to requests">
          <Icon name="back" />
        </a>
        <h2>{details ? details.operation || 'No such operation' : `Request ${id}`}</h2>
        {details && <span class={statusClass(details.status)}>{statusText(details.status)}</span>}
      </header>
      {details && (
        <div class="scroll">
          <p class="facts">
            <code>{details.method}</code> <Text value={details.path} />
          </p>
          {details.about !== '' && <p>{details.about}</p>}
          <p class="note">{`${GATEWAY_NAMES[details.gateway]}${details.namespace === undefined ? '' : ` in the namespace ${details.namespace}`}, ${fullTime(details.at)}${details.ms === undefined ? '' : `, ${details.ms} ms`}`}</p>
          <div class="buttons">
            <button type="button" onClick={() => copy(details.curl, 'curl command')}>
              <Icon name="copy" />
              Copy as curl
            </button>
            <button type="button" onClick={() => copy(details.wamux, 'wamux command')}>
              <Icon name="copy" />
              Copy as wamux
            </button>
          </div>
          <Wire title="Request" headers={details.requestHeaders} body={details.requestBody} />
          <Wire title="Answer" headers={details.responseHeaders} body={details.responseBody} />
        </div>
      )}
    </section>
  )
}

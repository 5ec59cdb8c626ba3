import { dismiss, notices } from './api.ts'
import { ChatsPart } from './chats/chats-part.tsx'
import { ControlsPart } from './controls/controls-part.tsx'
import { connected, overview } from './live.ts'
import { Brand } from './parts/brand.tsx'
import { DialogPlace } from './parts/dialog.tsx'
import { timeOf } from './parts/format.ts'
import { Icon } from './parts/icons.tsx'
import { RequestsPart } from './requests/requests-part.tsx'
import { linkTo, type Part, route } from './route.ts'
import { SessionsPart } from './sessions/sessions-part.tsx'
import { WebhooksPart } from './webhooks/webhooks-part.tsx'

const NAMES: Readonly<Record<Part, string>> = {
  chats: 'Chats',
  sessions: 'Sessions',
  requests: 'Requests',
  webhooks: 'Webhooks',
  controls: 'Controls',
}

function shown(part: Part) {
  if (part === 'sessions') return <SessionsPart />
  if (part === 'requests') return <RequestsPart />
  if (part === 'webhooks') return <WebhooksPart />
  return part === 'controls' ? <ControlsPart /> : <ChatsPart />
}

/** How many there are of something, beside the name of its part. */
function countOf(part: Part): number | undefined {
  const known = overview.value
  if (!known) return undefined
  if (part === 'sessions') return known.sessions.length
  if (part === 'requests') return known.totals.requests
  if (part === 'webhooks') return known.totals.deliveries
  return part === 'controls' ? known.faults.length : known.totals.messages
}

export function App() {
  const { part, ids } = route.value
  return (
    <div class="app" data-part={part} data-depth={ids.length}>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="top">
        <h1>
          <Brand size={28} />
          <span>
            wamux <b>emulator</b>
          </span>
        </h1>
        <nav aria-label="Parts">
          {(Object.keys(NAMES) as Part[]).map((one) => (
            <Tab key={one} part={one} here={one === part} />
          ))}
        </nav>
        <Live />
      </header>
      <main id="main" tabIndex={-1}>
        {shown(part)}
      </main>
      <div class="notices" role="status" aria-live="polite">
        {notices.value.map(({ id, text, bad }) => (
          <div key={id} class={bad ? 'notice bad' : 'notice'}>
            <span>{text}</span>
            <button type="button" class="plain" aria-label="Dismiss" onClick={() => dismiss(id)}>
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
      <DialogPlace />
    </div>
  )
}

function Tab({ part, here }: { readonly part: Part; readonly here: boolean }) {
  const count = countOf(part)
  return (
    <a href={linkTo(part)} aria-current={here ? 'page' : undefined}>
      <Icon name={part} />
      <span>{NAMES[part]}</span>
      {count !== undefined && count > 0 && <span class="count">{count > 9_999 ? `${Math.floor(count / 1000)}k` : count}</span>}
    </a>
  )
}

function Live() {
  const known = overview.value
  return (
    <p class={connected.value ? 'live' : 'live off'} role="status">
      <i aria-hidden="true" />
      <span>{connected.value ? 'Live' : 'Reconnecting…'}</span>
      {known?.paused && <span class="clock">{`clock stands at ${timeOf(known.now)}`}</span>}
    </p>
  )
}

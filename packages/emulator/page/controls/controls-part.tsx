import { AccountPanel } from './account-panel.tsx'
import { ClockPanel } from './clock-panel.tsx'
import { FaultPanel } from './fault-panel.tsx'
import { WebhookPanel } from './webhook-panel.tsx'

/** What can be steered, a panel per subject. A new subject is a file with a panel and a line here. */
const PANELS = [FaultPanel, AccountPanel, ClockPanel, WebhookPanel] as const

export function ControlsPart() {
  return (
    <div class="page controls">
      {PANELS.map((Panel, index) => (
        <Panel key={index} />
      ))}
    </div>
  )
}

import { control, say } from '../api.ts'
import { overview } from '../live.ts'
import { Field, Form } from '../parts/form.tsx'
import { GATEWAY_NAMES } from '../parts/format.ts'
import { Panel } from './panel.tsx'

export function WebhookPanel() {
  const sessions = overview.value?.sessions ?? []
  return (
    <Panel
      title="Webhooks and events"
      about="Real gateways deliver webhooks twice, late and in the wrong order. To hold webhooks back, open Webhooks."
    >
      <Form
        class="inline"
        action="Set"
        submit={async (fields) => {
          const copies = fields.number('copies') ?? 1
          if (await control('webhooks', { copies }))
            say(copies === 1 ? 'Each webhook goes out once.' : `Each webhook goes out ${copies} times.`)
        }}
      >
        <Field label="How often each webhook goes out">
          <input name="copies" type="number" min={1} max={10} defaultValue={1} required />
        </Field>
      </Form>
      <h3>Send an event of any name</h3>
      {sessions.length === 0 ? (
        <p class="note">No session can have a webhook yet.</p>
      ) : (
        <Form
          action="Send event"
          submit={async (fields) => {
            const [gateway, session] = fields.text('session').split(' ')
            const payload = readJson(fields.text('payload'))
            if (payload === undefined) return say('The payload is no JSON.', true)
            if (await control('event', { gateway, session, event: fields.text('event'), payload })) say('Event sent to its webhooks.')
          }}
        >
          <div class="fields">
            <Field label="Session">
              <select name="session">
                {sessions.map(({ gateway, session }) => (
                  <option key={`${gateway} ${session}`} value={`${gateway} ${session}`}>{`${GATEWAY_NAMES[gateway]}: ${session}`}</option>
                ))}
              </select>
            </Field>
            <Field label="Event">
              <input name="event" required placeholder="message.any" />
            </Field>
          </div>
          <Field label="Payload, JSON">
            <textarea name="payload" rows={3} defaultValue="{}" />
          </Field>
        </Form>
      )}
    </Panel>
  )
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

import { control } from '../api.ts'
import { overview } from '../live.ts'
import { Field, Form } from '../parts/form.tsx'
import { fullTime } from '../parts/format.ts'
import { Panel } from './panel.tsx'

const STEPS: Readonly<Record<string, number>> = { '1 s': 1_000, '1 min': 60_000, '1 h': 3_600_000, '1 day': 86_400_000 }

export function ClockPanel() {
  const known = overview.value
  return (
    <Panel title="Clock and state" about="Time of the whole emulator: of messages, QR codes, retries of webhooks.">
      <p class="facts">{known && `It is ${fullTime(known.now)}.`}</p>
      {known?.virtual ? (
        <>
          <div class="buttons">
            {Object.entries(STEPS).map(([name, ms]) => (
              <button key={name} type="button" onClick={() => control('advance', { ms })}>{`+ ${name}`}</button>
            ))}
          </div>
          <Form class="inline" action="Advance" submit={(fields) => control('advance', { ms: (fields.number('seconds') ?? 0) * 1000 })}>
            <Field label="Seconds">
              <input name="seconds" type="number" min={0} step="any" required />
            </Field>
          </Form>
        </>
      ) : (
        <p class="note">This emulator uses the time of your machine, so it cannot be advanced.</p>
      )}
      <div class="buttons">
        <button type="button" class="danger" onClick={() => confirm('Forget all phones, sessions and messages?') && control('reset', {})}>
          Reset everything
        </button>
      </div>
    </Panel>
  )
}

import { control, say } from '../api.ts'
import { overview, refresh } from '../live.ts'
import { Field, Form } from '../parts/form.tsx'
import { fullTime } from '../parts/format.ts'
import { Panel } from './panel.tsx'

const STEPS: Readonly<Record<string, number>> = { '1 s': 1_000, '1 min': 60_000, '1 h': 3_600_000, '1 day': 86_400_000 }

/** Does something that no event tells of, and shows the time after it. */
async function timed(name: string, input: object = {}): Promise<void> {
  await control(name, input)
  await refresh()
}

async function runToIdle(): Promise<void> {
  const ended = await control<{ readonly idle: boolean }>('run-to-idle', {})
  if (ended) say(ended.idle ? 'Nothing is waiting any more.' : 'A day has passed, and something still waits.')
  await refresh()
}

async function restore(file: File | undefined): Promise<void> {
  try {
    const snapshot: unknown = JSON.parse((await file?.text()) ?? '')
    if (await control('restore', snapshot as object)) say('Restored.')
  } catch {
    say('This file is not a snapshot.', true)
  }
  await refresh()
}

export function ClockPanel() {
  const known = overview.value
  return (
    <Panel title="Clock and state" about="The time of the whole emulator: messages, QR codes and retries of webhooks follow it.">
      <p class="facts">{known && `It is ${fullTime(known.now)}${known.paused ? ', and time stands still' : ''}.`}</p>
      <div class="buttons">
        {known?.runs && (
          <button type="button" onClick={() => timed(known.paused ? 'resume' : 'pause')}>
            {known.paused ? 'Let time run' : 'Stop time'}
          </button>
        )}
        {Object.entries(STEPS).map(([name, ms]) => (
          <button key={name} type="button" onClick={() => timed('advance', { ms })}>{`+ ${name}`}</button>
        ))}
        <button type="button" onClick={runToIdle}>
          Until nothing waits
        </button>
      </div>
      <Form class="inline" action="Advance" submit={(fields) => timed('advance', { ms: (fields.number('seconds') ?? 0) * 1000 })}>
        <Field label="Seconds">
          <input name="seconds" type="number" min={0} step="any" required />
        </Field>
      </Form>
      <div class="buttons">
        <a class="button" href="/_emulator/snapshot" download="wamux-snapshot.json">
          Save a snapshot
        </a>
      </div>
      <Form class="inline" action="Restore" submit={(fields) => restore(fields.file('snapshot'))}>
        <Field label="Snapshot">
          <input name="snapshot" type="file" accept="application/json,.json" required />
        </Field>
      </Form>
      <div class="buttons">
        <button type="button" class="danger" onClick={() => confirm('Forget all phones, sessions and messages?') && control('reset', {})}>
          Reset everything
        </button>
      </div>
    </Panel>
  )
}

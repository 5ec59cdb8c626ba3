import { useState } from 'preact/hooks'
import { control, say } from '../api.ts'
import { useLook } from '../data.ts'
import { overview } from '../live.ts'
import { Field, type Fields, Form } from '../parts/form.tsx'
import { GATEWAY_NAMES } from '../parts/format.ts'
import { ActiveList, chosenIn, gatewaysOf, KindFacts, KindSelect, useKinds, ValueFields } from './fault-kinds.tsx'
import { Panel } from './panel.tsx'

/** Wires, webhooks and limits of gateways. */
export function FaultPanel() {
  const kinds = useKinds((area) => area !== 'account')
  const [name, setName] = useState('lost-answer')
  const [wanted, setGateway] = useState('')
  const kind = kinds.find((one) => one.name === name)
  const concerned = kind ? gatewaysOf(kind) : []
  const gateway = concerned.find((one) => one === wanted) ?? (concerned.length === 1 ? (concerned[0] ?? '') : '')
  const operations = useLook<{ readonly operations: readonly string[] }>('operations', gateway ? { gateway } : undefined, [])
  const faults = (overview.value?.faults ?? []).filter(({ area }) => area !== 'account')
  const devices = (overview.value?.sessions ?? []).filter((one) => one.gateway === 'sparkbot')
  const ofQueue = name.startsWith('queue-')

  async function add(fields: Fields, form: HTMLFormElement): Promise<void> {
    if (!kind) return
    const operation = fields.text('operation')
    const wire = kind.area === 'wire' && {
      ...(operation === '' ? {} : { operation }),
      times: fields.number('times') ?? 1,
      probability: (fields.number('percent') ?? 100) / 100,
    }
    const where = kind.area === 'webhook' || gateway === '' ? {} : { gateway }
    const session = ofQueue ? { session: fields.text('session') } : {}
    if (!(await control('fault', { fault: name, ...where, ...session, ...wire, ...chosenIn(kind, fields) }))) return
    say(`${kind.title}: begun.`)
    form.reset()
  }

  return (
    <Panel
      title="Faults"
      about="The next calls that match will fail. Lose the answer to a message that was sent, to see whether a program sends it twice."
    >
      <ActiveList faults={faults} />
      {kind && (
        <Form action="Add fault" submit={add}>
          <div class="fields">
            <KindSelect label="What goes wrong" kinds={kinds} value={name} onChange={setName} />
            {kind.area !== 'webhook' && (
              <Field label="Gateway">
                <select name="gateway" aria-label="Gateway" value={gateway} onChange={(event) => setGateway(event.currentTarget.value)}>
                  {concerned.length > 1 && <option value="">all gateways</option>}
                  {concerned.map((id) => (
                    <option key={id} value={id}>
                      {GATEWAY_NAMES[id]}
                    </option>
                  ))}
                </select>
              </Field>
            )}
            {ofQueue && (
              <Field label="Number">
                <select name="session" required>
                  {devices.map(({ session, phone }) => (
                    <option key={session} value={session}>
                      {phone ? `+${phone}` : session}
                    </option>
                  ))}
                </select>
              </Field>
            )}
            <ValueFields kind={kind} />
            {kind.area === 'wire' && (
              <>
                <Field label="Operation" hint="Left empty: any.">
                  <input name="operation" list="operations" placeholder="messages.sendText" />
                </Field>
                <datalist id="operations">
                  {operations?.operations.map((id) => (
                    <option key={id} value={id} />
                  ))}
                </datalist>
                <Field label="For how many calls">
                  <input name="times" type="number" min={1} defaultValue={1} required />
                </Field>
                <Field label="How often, %">
                  <input name="percent" type="number" min={1} max={100} defaultValue={100} required />
                </Field>
              </>
            )}
          </div>
          <KindFacts kind={kind} gateway={kind.area === 'gateway' ? gateway : ''} />
        </Form>
      )}
      {faults.length > 1 && (
        <div class="buttons">
          <button type="button" class="danger" onClick={() => control('clear-faults', {})}>
            Stop everything
          </button>
        </div>
      )}
    </Panel>
  )
}

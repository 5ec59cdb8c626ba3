import { useState } from 'preact/hooks'
import { control } from '../api.ts'
import { useLook } from '../data.ts'
import { overview } from '../live.ts'
import { Check, Field, type Fields, Form } from '../parts/form.tsx'
import { GATEWAY_NAMES } from '../parts/format.ts'
import { GatewayFilter } from '../parts/gateway-filter.tsx'
import { Text } from '../parts/text.tsx'
import { Panel } from './panel.tsx'

type Kind = 'lose' | 'cut' | 'status' | 'delay'

const KINDS: Readonly<Record<Kind, string>> = {
  lose: 'The connection breaks',
  cut: 'The answer breaks off in the middle',
  status: 'The gateway answers with an error',
  delay: 'It takes longer',
}

export function FaultPanel() {
  const [gateway, setGateway] = useState('')
  const [kind, setKind] = useState<Kind>('lose')
  const operations = useLook<{ readonly operations: readonly string[] }>('operations', gateway ? { gateway } : undefined, [])
  const faults = overview.value?.faults ?? []

  async function add(fields: Fields, form: HTMLFormElement): Promise<void> {
    const operation = fields.text('operation')
    const fault = {
      ...(gateway === '' ? {} : { gateway }),
      ...(operation === '' ? {} : { operation }),
      ...(kind === 'lose' || kind === 'cut' ? { [kind]: true } : {}),
      ...(kind === 'status' ? { status: fields.number('status'), body: fields.text('body') } : {}),
      ...(kind === 'delay' ? { delayMs: fields.number('delayMs') } : {}),
      ...(fields.on('effect') ? { effect: true } : {}),
      times: fields.number('times') ?? 1,
      probability: (fields.number('probability') ?? 100) / 100,
    }
    if (await control('fault', fault)) form.reset()
  }

  return (
    <Panel
      title="Faults"
      about="The next calls that match will fail. Lose the answer to a message that was sent, to see whether a program sends it twice."
    >
      {faults.length > 0 && (
        <ul class="faults">
          {faults.map((fault, index) => (
            <li key={index}>
              <span class={`chip ${fault.gateway ?? ''}`}>{fault.gateway ? GATEWAY_NAMES[fault.gateway] : 'all'}</span>
              <Text value={`${fault.operation ?? 'any operation'}: ${describe(fault)}`} />
              <span class="row-sub">{`${fault.times} to go`}</span>
            </li>
          ))}
        </ul>
      )}
      <Form action="Add fault" submit={add}>
        <div class="fields">
          <Field label="Gateway">
            <GatewayFilter value={gateway} onChange={setGateway} />
          </Field>
          <Field label="Operation" hint="Left empty: any.">
            <input name="operation" list="operations" placeholder="messages.sendText" />
          </Field>
          <datalist id="operations">
            {operations?.operations.map((id) => (
              <option key={id} value={id} />
            ))}
          </datalist>
          <Field label="What goes wrong">
            <select value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)}>
              {(Object.keys(KINDS) as Kind[]).map((one) => (
                <option key={one} value={one}>
                  {KINDS[one]}
                </option>
              ))}
            </select>
          </Field>
          {kind === 'status' && (
            <>
              <Field label="Status">
                <input name="status" type="number" min={200} max={599} defaultValue={503} required />
              </Field>
              <Field label="Body">
                <input name="body" />
              </Field>
            </>
          )}
          {kind === 'delay' && (
            <Field label="Delay, ms">
              <input name="delayMs" type="number" min={1} defaultValue={5000} required />
            </Field>
          )}
          <Field label="For how many calls">
            <input name="times" type="number" min={1} defaultValue={1} required />
          </Field>
          <Field label="How often, %">
            <input name="probability" type="number" min={1} max={100} defaultValue={100} required />
          </Field>
        </div>
        {(kind === 'lose' || kind === 'status') && <Check name="effect" label="The operation is performed all the same" />}
      </Form>
      {faults.length > 0 && (
        <div class="buttons">
          <button type="button" class="danger" onClick={() => control('clear-faults', {})}>
            Remove all faults
          </button>
        </div>
      )}
    </Panel>
  )
}

interface Described {
  readonly lose?: boolean
  readonly cut?: boolean
  readonly status?: number
  readonly delayMs?: number
  readonly effect?: boolean
  readonly probability?: number
}

function describe({ lose, cut, status, delayMs, effect, probability = 1 }: Described): string {
  const what = [
    lose && 'the connection breaks',
    cut && 'the answer breaks off',
    status !== undefined && `answers ${status}`,
    delayMs !== undefined && `takes ${delayMs} ms longer`,
    effect && 'and it is performed',
    probability < 1 && `in ${Math.round(probability * 100)} % of calls`,
  ]
  return what.filter(Boolean).join(', ')
}

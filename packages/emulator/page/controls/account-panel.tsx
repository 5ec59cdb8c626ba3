import { useState } from 'preact/hooks'
import { control, say } from '../api.ts'
import { overview } from '../live.ts'
import { Field, type Fields, Form } from '../parts/form.tsx'
import { GATEWAY_NAMES } from '../parts/format.ts'
import { ActiveList, chosenIn, gatewaysOf, KindFacts, KindSelect, useKinds, ValueFields } from './fault-kinds.tsx'
import { Panel } from './panel.tsx'

/** States of accounts and their sessions, limits of WhatsApp included. */
export function AccountPanel() {
  const kinds = useKinds((area) => area === 'account')
  const [name, setName] = useState('timelock')
  const [wanted, setWanted] = useState('')
  const kind = kinds.find((one) => one.name === name)
  const concerned = kind ? gatewaysOf(kind) : []
  const sessions = (overview.value?.sessions ?? []).filter(({ gateway }) => concerned.includes(gateway))
  const chosen = sessions.find(({ gateway, session }) => `${gateway} ${session}` === wanted) ?? sessions[0]
  const faults = (overview.value?.faults ?? []).filter(({ area }) => area === 'account')

  async function put(fields: Fields): Promise<void> {
    if (!kind || !chosen) return
    const { gateway, session } = chosen
    if (await control('account', { gateway, session, state: name, ...chosenIn(kind, fields) }))
      say(`${GATEWAY_NAMES[gateway]} ${session}: ${kind.title}.`)
  }

  return (
    <Panel
      title="Accounts and limits"
      about="The unhappy days of real accounts: what WhatsApp and gateways do to them, and what programs see of it."
    >
      <ActiveList faults={faults} />
      {kind && (
        <Form action="Put it into this state" submit={put}>
          <div class="fields">
            <KindSelect label="State" kinds={kinds} value={name} onChange={setName} />
            <Field label="Session">
              <select
                name="session"
                value={chosen ? `${chosen.gateway} ${chosen.session}` : ''}
                required
                onChange={(event) => setWanted(event.currentTarget.value)}
              >
                {sessions.map(({ gateway, session, state }) => (
                  <option
                    key={`${gateway} ${session}`}
                    value={`${gateway} ${session}`}
                  >{`${GATEWAY_NAMES[gateway]}: ${session} (${state})`}</option>
                ))}
              </select>
            </Field>
            <ValueFields kind={kind} />
          </div>
          {sessions.length === 0 && <p class="note">No gateway that shows this state has a session: make one under Sessions.</p>}
          <KindFacts kind={kind} gateway={chosen?.gateway ?? ''} />
        </Form>
      )}
    </Panel>
  )
}

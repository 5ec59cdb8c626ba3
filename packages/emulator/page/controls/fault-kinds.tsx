import { useEffect, useState } from 'preact/hooks'
import type { ActiveFault } from '../../src/faults/active.ts'
import type { FaultArea, FaultKind, FaultValue } from '../../src/faults/kinds.ts'
import type { GatewayId } from '../../src/sessions/session-types.ts'
import { control, lookUp } from '../api.ts'
import { Field, type Fields } from '../parts/form.tsx'
import { GATEWAY_NAMES } from '../parts/format.ts'
import { Text } from '../parts/text.tsx'

let known: Promise<readonly FaultKind[]> | undefined

/** The emulator's table of what can go wrong: everything that the panels say comes from it. */
export function useKinds(fits: (area: FaultArea) => boolean): readonly FaultKind[] {
  const [kinds, setKinds] = useState<readonly FaultKind[]>([])
  useEffect(() => {
    known ??= lookUp<readonly FaultKind[]>('fault-kinds')
    known.then(setKinds, () => {
      known = undefined
    })
  }, [])
  return kinds.filter(({ area }) => fits(area))
}

const AREAS: Readonly<Record<FaultArea, string>> = {
  account: 'Account',
  gateway: 'Limits of a gateway',
  wire: 'On the wire',
  webhook: 'Webhooks',
}

interface KindSelectProps {
  readonly label: string
  readonly kinds: readonly FaultKind[]
  readonly value: string
  onChange(name: string): void
}

/** All kinds by where they are. */
export function KindSelect({ label, kinds, value, onChange }: KindSelectProps) {
  const areas = [...new Set(kinds.map(({ area }) => area))]
  return (
    <Field label={label}>
      <select name="kind" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {areas.map((area) => (
          <optgroup key={area} label={AREAS[area]}>
            {kinds.map(
              (kind) =>
                kind.area === area && (
                  <option key={kind.name} value={kind.name}>
                    {kind.title}
                  </option>
                ),
            )}
          </optgroup>
        ))}
      </select>
    </Field>
  )
}

/** The values that a kind has. */
export function ValueFields({ kind }: { readonly kind: FaultKind }) {
  return (
    <>
      {kind.values.map((value) => (
        <Field key={`${kind.name} ${value.field}`} label={labelOf(value)}>
          {value.type === 'text' ? (
            <input name={value.field} defaultValue={value.usual === undefined ? '' : String(value.usual)} />
          ) : (
            <input
              name={value.field}
              type="number"
              defaultValue={Number(value.usual ?? 0)}
              required
              min={value.least ?? 0}
              max={value.most ?? Number.MAX_SAFE_INTEGER}
            />
          )}
        </Field>
      ))}
    </>
  )
}

function labelOf({ about }: FaultValue): string {
  return about.charAt(0).toUpperCase() + about.slice(1)
}

/** The values of a form that a kind has. */
export function chosenIn(kind: FaultKind, fields: Fields): Record<string, unknown> {
  const given = kind.values.map(
    ({ field, type }) => [field, type === 'number' ? fields.number(field) : fields.text(field) || undefined] as const,
  )
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

export const gatewaysOf = ({ gateways }: FaultKind): readonly GatewayId[] =>
  (Object.keys(gateways) as GatewayId[]).filter((gateway) => 'answers' in gateways[gateway])

/** Who does what, and what each gateway makes of it. */
export function KindFacts({ kind, gateway }: { readonly kind: FaultKind; readonly gateway: string }) {
  const shown = (Object.keys(kind.gateways) as GatewayId[]).filter((one) => gateway === '' || gateway === one)
  const [first] = gatewaysOf(kind)
  const everywhere = kind.area === 'wire' || kind.area === 'webhook'
  return (
    <div class="told">
      <p>{kind.about}</p>
      <dl>
        {(everywhere && first ? [first] : shown).map((one) => {
          const answer = kind.gateways[one]
          return (
            <div key={one}>
              <dt>{everywhere ? 'What comes' : GATEWAY_NAMES[one]}</dt>
              {'answers' in answer ? (
                <dd title={answer.source}>
                  {answer.answers}
                  {!everywhere && <span class={`mark ${answer.evidence}`}>{answer.evidence}</span>}
                </dd>
              ) : (
                <dd class="absent">{`Nothing to see. ${answer.absent}`}</dd>
              )}
            </div>
          )
        })}
      </dl>
    </div>
  )
}

/** What is wrong at the moment, each with a button that ends it. */
export function ActiveList({ faults }: { readonly faults: readonly ActiveFault[] }) {
  if (faults.length === 0) return null
  return (
    <ul class="faults">
      {faults.map(({ id, gateway, session, phone, operation, text, times, area }) => (
        <li key={id}>
          <span class={`chip ${gateway ?? ''}`}>{gateway ? GATEWAY_NAMES[gateway] : phone ? 'phone' : 'all'}</span>
          <Text value={[session ?? (phone && `+${phone}`), operation, text].filter(Boolean).join(': ')} />
          <span class="row-sub">{area === 'wire' ? `${times} to go` : 'until it is stopped'}</span>
          <button type="button" aria-label={`Stop ${text}`} onClick={() => control('stop-fault', { id })}>
            Stop
          </button>
        </li>
      ))}
    </ul>
  )
}

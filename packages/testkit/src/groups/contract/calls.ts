import type { Field, Gateway, Operation, Parameter, Shape } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { type Ending, endingOf } from '../../running/call-verb.ts'
import type { Runner } from '../../subject/runner.ts'

/** An operation with an input that fits it. */
interface Candidate {
  readonly operation: Operation
  readonly fields: readonly (Field | Parameter)[]
  readonly input: Readonly<Record<string, unknown>>
}

/** Operations by id check what they are given before anything is sent. */
export function callsGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context

  async function call(id: string, input: object): Promise<Ending & { requests: number }> {
    const { gateway, requests } = context.scripted([{ status: 200, body: {} }])
    const ending = await endingOf(() => callOf(gateway)(id, input))
    return { ...ending, requests: requests.length }
  }

  async function candidates(): Promise<Candidate[]> {
    const table = await context.scripted().gateway.operations()
    return Object.values(table.operations).flatMap(candidateOf)
  }

  /** Finds an operation with such a field, calls it well, and then with that field changed. */
  async function refuses(
    what: string,
    wanted: (field: Field) => boolean,
    change: (field: Field) => Record<string, unknown>,
  ): Promise<void> {
    const all = await candidates()
    const found = all.map((one) => ({ one, field: one.fields.find(wanted) })).find(({ field }) => field !== undefined)
    // a gateway may have no such field, or only in forms and lists, which are not made up here
    if (!found?.field) return
    const { one, field } = found
    const good = await call(one.operation.id, one.input)
    check(`${one.operation.id} as it should be`, [good.outcome, good.requests], ['ok', 1])
    const bad = await call(one.operation.id, { ...one.input, ...change(field) })
    check(`${one.operation.id}: ${what}`, [bad.outcome, bad.requests, bad.error?.field], ['invalid_request', 0, field.name])
    check(`"${bad.error?.message}" names it`, bad.error?.message.includes(field.name), true)
  }

  describe('calls by id', () => {
    it('knows no operation but those of its table', async () => {
      for (const id of ['no.such', '', 'constructor', '__proto__', 'toString']) {
        const { outcome, requests } = await call(id, {})
        check(`"${id}"`, [outcome, requests], ['unsupported', 0])
      }
    })

    it('suggests the nearest operation for each id with a missing letter', async () => {
      const { gateway, requests } = context.scripted()
      const { operations } = await gateway.operations()
      for (const id of Object.keys(operations)) {
        const typo = `${id.slice(0, 1)}${id.slice(2)}`
        if (Object.hasOwn(operations, typo)) continue
        const { outcome, error } = await endingOf(() => callOf(gateway)(typo, {}))
        const suggested = /did you mean (\S+)\?/.exec(error?.message ?? '')?.[1]
        check(typo, [outcome, suggested !== undefined && Object.hasOwn(operations, suggested)], ['unsupported', true])
      }
      check('requests', requests, [])
    })

    it('wants what is required', () =>
      refuses(
        'a required field',
        ({ required }) => required === true,
        ({ name }) => ({ [name]: undefined }),
      ))

    it('wants the right type', () =>
      refuses(
        'a field of text or number',
        ({ type, oneOf }) => !oneOf && ['string', 'integer', 'number', 'boolean'].includes(String(type)),
        ({ name }) => ({ [name]: { not: 'this' } }),
      ))

    it('wants one of the values listed', () =>
      refuses(
        'a field with a list of values',
        (field) => field.enum !== undefined && field.type === 'string',
        ({ name }) => ({ [name]: 'WAMUX_NEVER_SEEN' }),
      ))

    it('refuses a misspelt name', async () => {
      const one = (await candidates()).find(({ fields }) => fields.length > 0)
      if (!one) return
      const { outcome, requests, error } = await call(one.operation.id, { ...one.input, wamuxMisspelt: 1 })
      check(one.operation.id, [outcome, requests, error?.field], ['invalid_request', 0, 'wamuxMisspelt'])
    })
  })
}

function callOf(gateway: Gateway): (id: string, input: object) => Promise<unknown> {
  return gateway.call as (id: string, input: object) => Promise<unknown>
}

function candidateOf(operation: Operation): Candidate[] {
  const kind = operation.body?.kinds.find(({ content }) => content === 'application/json')
  if (operation.body && !kind?.fields) return []
  const fields = [...(operation.parameters ?? []), ...(kind?.fields ?? [])]
  const required = fields.filter((field) => field.required)
  const input = Object.fromEntries(required.map((field) => [field.name, sampleOf(field)]))
  return Object.values(input).includes(undefined) ? [] : [{ operation, fields, input }]
}

/** A value that fits a simple shape; none for a shape that is not simple. */
function sampleOf(shape: Shape): unknown {
  if (shape.enum) return shape.enum[0]
  if (shape.oneOf || shape.pattern || shape.minItems) return undefined
  switch (shape.type) {
    case 'string':
      return 'x'.repeat(Math.max(1, shape.minLength ?? 0))
    case 'integer':
    case 'number':
      return shape.minimum ?? Math.min(1, shape.maximum ?? 1)
    case 'boolean':
      return true
    default:
      return undefined
  }
}

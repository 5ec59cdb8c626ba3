import type { ActiveFault, FaultInput, FaultKind } from '@wamux/emulator'
import type { Context } from '../../command/context.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { table } from '../../print/table.ts'
import { plainText } from '../../print/text-width.ts'
import { chosenValues, gatewayOf, kindOf, refusable, steer } from './emulator-control.ts'

/** `wamux emulate fault`: lists faults, starts one, or ends them. */
export async function fault(context: Context): Promise<undefined> {
  const { values, printResult, paint } = context
  const { control } = await steer(context)
  const name = values.text('name')
  const value = values.text('value')
  if (name === undefined) {
    const [active, kinds] = await refusable(Promise.all([control.faults(), control.faultKinds()]))
    const others = kinds.filter(({ area }) => area !== 'account')
    await printResult({ data: { active, kinds: others }, text: () => listText(active, others, context) })
    return
  }
  if (name === 'off') {
    if (value === undefined) await refusable(control.clearFaults())
    else await refusable(control.stopFault({ id: value }))
    await printResult({
      data: { stopped: value ?? 'all' },
      text: () => `${value === undefined ? 'Nothing is wrong any more.' : `${plainText(value)} is over.`}\n`,
    })
    return
  }
  const kinds = (await refusable(control.faultKinds())).filter(({ area }) => area !== 'account')
  const kind = kindOf(kinds, name, 'fault')
  const input = { fault: kind.name, ...chosenValues(kind, value, values.all('set')), ...whereAndHowOften(context, kind) } as FaultInput
  const { id } = await refusable(control.fault(input))
  const data = { id, ...input }
  await printResult({
    data,
    text: () => `${paint.bold(kind.title)}: ${plainText(kind.about)}\nIt ends with: wamux emulate fault off ${plainText(id)}\n`,
  })
}

function whereAndHowOften(context: Context, { area, name }: FaultKind): Partial<FaultInput> {
  const { values } = context
  const [gateway, operation, session] = [gatewayOf(context), values.text('operation'), values.text('session')]
  const [times, percent] = [numberIn(values.text('times'), 'times'), numberIn(values.text('percent'), 'percent')]
  if (area !== 'wire' && (operation ?? times ?? percent) !== undefined)
    throw new UsageError(`${name} stays until you end it: --operation, --times and --percent are for faults of single calls.`)
  return {
    // webhooks go wrong for all
    ...(gateway === undefined || area === 'webhook' ? {} : { gateway }),
    ...(operation === undefined ? {} : { operation }),
    ...(session === undefined ? {} : { session }),
    ...(times === undefined ? {} : { times }),
    ...(percent === undefined ? {} : { probability: percent / 100 }),
  }
}

function numberIn(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  throw new UsageError(`--${flag} takes a number, not "${text}".`)
}

/** What is wrong now, and what can be. */
export function listText(active: readonly ActiveFault[], kinds: readonly FaultKind[], { paint, columns }: Context): string {
  const now =
    active.length === 0
      ? 'Nothing is wrong at the moment.\n'
      : table(
          active,
          [
            { title: 'id', text: ({ id }) => id, whole: true },
            { title: 'where', text: ({ gateway, session, phone }) => [gateway, session, phone && `+${phone}`].filter(Boolean).join(' ') },
            { title: 'what', text: ({ text, operation }) => (operation === undefined ? text : `${operation}: ${text}`) },
          ],
          paint,
          columns,
        )
  const all = table(
    kinds,
    [
      { title: 'name', text: ({ name }) => name, whole: true },
      {
        title: 'values',
        text: ({ values }) => values.map(({ field, usual }) => (usual === undefined ? field : `${field}=${usual}`)).join(' '),
      },
      { title: 'what', text: ({ about }) => about },
    ],
    paint,
    columns,
  )
  return `${now}\n${all}`
}

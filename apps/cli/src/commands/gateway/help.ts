import type { Operation } from '@wamux/core'
import { type HelpView, list, section, sentence } from '../../help/layout.ts'
import { familiesOf, familyOf, operationName } from '../../operation/names.ts'

/** `wamux waha --help` and `wamux waha sessions --help` */
export async function gatewayHelp(id: string, family: string | undefined, view: HelpView): Promise<string> {
  const table = await view.plugins.operations(id)
  if (family === undefined) {
    const families = [...familiesOf(table)]
    const pairs = families.map(([word, operations]) => {
      const resource = table.resources.find(({ name }) => name === operations[0]?.resource)
      return [word, `${resource?.about ?? resource?.label ?? ''} (${operations.length})`] as const
    })
    const [first, operations] = families[0] ?? ['', []]
    return [
      `Every operation of ${id}, ${Object.keys(table.operations).length} in all.\n`,
      section('Usage', [`wamux ${id} <resource> <operation> [flags]`], view),
      list('Resources', pairs, view),
      section(
        'Examples',
        [
          `wamux ${id} ${first} --help`,
          ...operations.slice(0, 2).map((one) => `wamux ${id} ${first} ${operationName(one)} --help`),
          `wamux operations ${id} --search "WORD"`,
        ],
        view,
      ),
    ].join('\n')
  }
  const operations = familyOf(id, table, family)
  const resource = table.resources.find(({ name }) => name === operations[0]?.resource)
  return [
    `${sentence(resource?.about ?? family)}\n`,
    section('Usage', [`wamux ${id} ${family} <operation> [flags]`], view),
    list(
      'Operations',
      operations.map((one) => [operationName(one), `${one.about}${markOf(one)}`] as const),
      view,
    ),
    section(
      'Examples',
      operations.slice(0, 2).map((one) => `wamux ${id} ${family} ${operationName(one)} --help`),
      view,
    ),
  ].join('\n')
}

function markOf({ evidence, safety, audience, deprecated }: Operation): string {
  const marks = [
    ...(safety === 'danger' ? ['asks first'] : []),
    ...(audience === 'others' ? ['others notice'] : audience === 'access' ? ['gives access'] : []),
    ...(deprecated ? ['deprecated'] : []),
    ...(evidence === 'verified' ? [] : [`${evidence}, not seen`]),
  ]
  return marks.length > 0 ? ` [${marks.join('; ')}]` : ''
}

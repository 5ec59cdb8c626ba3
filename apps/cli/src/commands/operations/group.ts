import type { CommandGroup } from '../../command/command.ts'
import { loadTables, operationRows, operationsText } from '../../operation/operations-table.ts'

const SAFETY = ['read', 'converge', 'create', 'send', 'danger']
const AUDIENCE = ['nobody', 'others', 'access']
const EVIDENCE = ['verified', 'node-label', 'inferred']

export const group: CommandGroup = {
  commands: {},
  bare: {
    about: 'every operation of a gateway, or of all that are installed',
    details:
      'SAFETY says what repeating does, TOUCHES who else notices: others see it, or somebody gains access or data. NOTE marks operations that were not seen to work: of a node-label only the name is known, inferred was concluded from similar ones. Nothing is sent to a gateway.',
    args: { gateway: { about: 'waha, wawp, warest or sparkbot; default all that are installed', value: 'id' } },
    flags: {
      resource: { about: 'only of this resource', value: 'name' },
      safety: { about: `only ${SAFETY.join(', ')}`, value: 'list', choices: SAFETY, list: true },
      audience: { about: `only what touches ${AUDIENCE.join(', ')}`, value: 'list', choices: AUDIENCE, list: true },
      evidence: { about: `only ${EVIDENCE.join(', ')}`, value: 'list', choices: EVIDENCE, list: true },
      search: { about: 'only with all these words', value: 'text' },
    },
    examples: [
      'wamux operations waha',
      'wamux operations --search "stop session"',
      'wamux operations sparkbot --evidence node-label,inferred',
      'wamux operations waha --safety danger --json',
    ],
    async run({ values, plugins, json, paint, columns, printResult, say }) {
      const tables = await loadTables(values.text('gateway'), plugins)
      const rows = operationRows(tables, {
        resource: values.text('resource'),
        safety: values.list('safety'),
        audience: values.list('audience'),
        evidence: values.list('evidence'),
        search: values.text('search'),
      })
      await printResult({ data: rows, text: () => (rows.length > 0 ? operationsText(rows, paint, columns) : '') })
      if (!json) say(rows.length === 0 ? 'No operation fits.' : `${rows.length} ${rows.length === 1 ? 'operation' : 'operations'}`)
      return undefined
    },
  },
}

import type { CommandGroup } from '../../command/command.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { chooseTarget } from '../../gateway/connection.ts'
import { ASPECTS, type Aspect, DEFAULT_ASPECTS } from './diff/difference.ts'

export const group: CommandGroup = {
  commands: {
    diff: {
      about: "compare the document of a gateway's API with the vendor's",
      details:
        'Reads OpenAPI 3 and Swagger 2, JSON or YAML. Exit code 0: nothing but known differences, 1: others, 2: not readable. Nothing is sent to the gateway.',
      args: { gateway: { about: 'waha, wawp, warest or sparkbot', value: 'id' } },
      flags: {
        against: { about: "file or http(s) address of the vendor's document", value: 'file|url' },
        only: { about: `${ASPECTS.join(', ')}; default ${DEFAULT_ASPECTS.join(',')}`, value: 'list', choices: ASPECTS, list: true },
        user: {
          about: 'user for a document behind a password; the password comes from WAMUX_SPEC_PASSWORD, or is asked for',
          value: 'name',
        },
        all: { about: 'list the known differences too, with their reasons' },
      },
      examples: [
        'wamux spec diff waha --against http://localhost:3000/-json',
        'WAMUX_SPEC_PASSWORD=… wamux spec diff waha --against https://waha.example.com/-json --user admin',
        'wamux spec diff warest --against ./openapi.yaml --all',
        'wamux spec diff waha --against waha.json --only operations --json',
      ],
      async run(context) {
        const { values, terminal, plugins, printResult, paint, columns, signal } = context
        const against = values.text('against')
        if (!against) throw new UsageError('wamux spec diff: --against is missing.', 'Give a file or an address: --against openapi.json')
        const { gateway } = chooseTarget({ gateway: values.text('gateway'), profile: values.text('profile') }, terminal.env, plugins)
        const { runSpecDiff } = await import('./run.ts')
        // the parser has checked them
        const only = values.list('only') as readonly Aspect[] | undefined
        const timeout = values.ms('timeout')
        const login = async (needed: boolean) => (await import('./login.ts')).specLogin(context, needed)
        return runSpecDiff({ gateway, against, only, all: values.is('all'), plugins, paint, columns, timeout, signal, printResult, login })
      },
    },
  },
}

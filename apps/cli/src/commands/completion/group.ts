import type { CommandGroup } from '../../command/command.ts'
import { didYouMean } from '../../errors/did-you-mean.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { SCRIPTS } from './scripts.ts'

const SHELLS = Object.keys(SCRIPTS)

export const group: CommandGroup = {
  commands: {},
  bare: {
    about: 'the script that teaches a shell to complete wamux commands',
    details: 'Completion knows commands, flags, gateways, profiles and every operation. It asks no gateway.',
    args: { shell: { about: SHELLS.join(', '), required: true } },
    examples: [
      'source <(wamux completion bash)',
      `wamux completion zsh > "\${fpath[1]}/_wamux"`,
      'wamux completion fish > ~/.config/fish/completions/wamux.fish',
      'wamux completion powershell | Out-String | Invoke-Expression',
    ],
    async run({ values, print }) {
      const shell = values.required('shell')
      const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined
      if (script === undefined) {
        const near = didYouMean(shell, SHELLS)
        throw new UsageError(`There is no completion for "${shell}".`, near ? `Did you mean ${near}?` : `There is ${SHELLS.join(', ')}.`)
      }
      print(script)
      return undefined
    },
  },
}

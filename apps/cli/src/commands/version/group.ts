import type { CommandGroup } from '../../command/command.ts'
import { version } from '../../version.ts'

export const group: CommandGroup = {
  commands: {},
  bare: {
    about: 'the versions of wamux and Node',
    examples: ['wamux version', 'wamux version --json'],
    async run({ printResult }) {
      const { platform, arch, version: node } = process
      const data = { wamux: version, node, platform, arch }
      await printResult({ data, text: () => `wamux ${version} (Node ${node}, ${platform} ${arch})\n` })
      return undefined
    },
  },
}

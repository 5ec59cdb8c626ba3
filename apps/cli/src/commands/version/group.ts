import type { Group } from '../../command/command.ts'
import { version } from '../../version.ts'

export const group: Group = {
  commands: {},
  bare: {
    about: 'the versions of wamux and Node',
    examples: ['wamux version', 'wamux version --json'],
    async run({ give }) {
      const { platform, arch, version: node } = process
      const data = { wamux: version, node, platform, arch }
      await give({ data, text: () => `wamux ${version} (Node ${node}, ${platform} ${arch})\n` })
      return undefined
    },
  },
}

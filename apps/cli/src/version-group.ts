import type { Group } from './command.ts'
import { version } from './version.ts'

export const group: Group = {
  commands: {},
  bare: {
    about: 'the versions of wamux and Node',
    examples: ['wamux version', 'wamux version --json'],
    async run({ json, print }) {
      const { platform, arch, version: node } = process
      print(
        json
          ? `${JSON.stringify({ wamux: version, node, platform, arch }, undefined, 2)}\n`
          : `wamux ${version} (Node ${node}, ${platform} ${arch})\n`,
      )
      return undefined
    },
  },
}

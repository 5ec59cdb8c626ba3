// What an AI agent does with wamux over MCP, without the model: node examples/src/agent.ts +12025550101
// `wamux mcp --read-only` hands out no tool that anybody notices; `--allow-send` lets it write to people.

import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'

const transport = new StdioClientTransport({
  command: 'npx',
  args: ['wamux', 'mcp', '--gateway', 'waha', '--allow-send'],
  // keys come from the environment, never from an argument
  env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...wamuxVariables() },
})
const client = new Client({ name: 'example', version: '1.0.0' })
await client.connect(transport)

// a model chooses these calls from the tools' descriptions; each answer is text that it reads
for (const [name, input] of [
  ['search_operations', { query: 'send text', gateway: 'waha' }],
  ['describe_operation', { gateway: 'waha', operation: 'messages.sendText' }],
  [
    'call_operation',
    {
      gateway: 'waha',
      operation: 'messages.sendText',
      input: { session: 'default', chatId: `${process.argv[2]?.replace('+', '')}@c.us`, text: 'The agent says hello.' },
    },
  ],
] as const) {
  const { content } = await client.callTool({ name, arguments: input })
  console.log(`${name}: ${JSON.stringify(content).slice(0, 200)}`)
}
await client.close()

function wamuxVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (name.startsWith('WAMUX_') && value ? [[name, value]] : [])),
  )
}

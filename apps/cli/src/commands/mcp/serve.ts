import { fromJsonSchema, type JsonSchemaType, McpServer } from '@modelcontextprotocol/server'
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import type { Gateway, OperationTable } from '@wamux/core'
import type { Context } from '../../command/context.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { chooseTarget, connect } from '../../gateway/connection.ts'
import { idOf } from '../../gateway/plugin-packages.ts'
import type { Permission } from '../../operation/consent.ts'
import { version } from '../../version.ts'
import { createFrames } from './frames.ts'
import { type Allowed, callOperation, describeOperation, type Reachable, searchOperations, type ToolAnswer } from './tools.ts'

const INSTRUCTIONS = `Operations of WhatsApp gateways. Search first, then describe the one you want, then call it with the inputs that it names.
An error of the kind unknown_outcome means that a message may have been sent: never repeat such a call, look at the chat instead.`

const GATEWAY = { type: 'string', description: 'waha, wawp, warest or sparkbot' }
const OPERATION = { type: 'string', description: 'as search_operations names it: messages.sendText' }

const TOOLS = ['search_operations', 'describe_operation', 'call_operation'] as const

/** `wamux mcp`: serves until stdin ends. */
export async function serveMcp(context: Context): Promise<undefined> {
  const { signal, terminal, say, values } = context
  const allowed = allowedIn(context)
  const reachable = createReachable(context)
  if (reachable.ids.length === 0) throw new UsageError('No plugin of a gateway is installed.', 'wamux plugins add waha')
  // a named gateway that is missing or not trusted is an error of the person who starts the server, not of the agent
  if (values.text('gateway') !== undefined) await reachable.table(reachable.ids[0] ?? '')
  const ended = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    terminal.stdin.once('end', resolve).once('close', resolve)
  })
  const frames = createFrames(TOOLS, (line) => process.stdout.write(line))
  terminal.stdin.pipe(frames)
  const handle = serveStdio(() => serverFor(reachable, allowed, terminal.hidden), {
    transport: new StdioServerTransport(frames),
    // the SDK says in many lines what a message should have been
    onerror: ({ message }) => say(message.startsWith('[') ? 'The client sent a message that cannot be understood.' : message),
  })
  await ended
  await handle.close()
}

function allowedIn({ values }: Context): Allowed {
  const readOnly = values.is('read-only')
  if (readOnly && FLAGS.some((name) => values.is(`allow-${name}`))) throw new UsageError('--read-only and --allow-… contradict each other.')
  return new Set<Permission>([...(readOnly ? [] : (['change'] as const)), ...FLAGS.filter((name) => values.is(`allow-${name}`))])
}

const FLAGS = ['send', 'access', 'danger'] as const

function createReachable(context: Context): Reachable {
  const { values, plugins, terminal } = context
  const only = values.text('gateway')
  const ids = only === undefined ? plugins.installed().flatMap(({ name }) => idOf(name) ?? []) : [only]
  const tables = new Map<string, Promise<OperationTable>>()
  const gateways = new Map<string, Promise<Gateway>>()
  const open = async (id: string): Promise<Gateway> => {
    const target = chooseTarget({ gateway: id, profile: values.text('profile') }, terminal.env, plugins)
    const plugin = await plugins.open(id)
    return connect(plugin, await context.accessTo(plugin.manifest, target), await context.transport())
  }
  return {
    ids,
    table: (id) => cached(tables, id, () => plugins.operations(id)),
    connect: (id) => cached(gateways, id, () => open(id)),
  }
}

// a failed one is tried again at the next call, because a profile may have been added
function cached<Value>(made: Map<string, Promise<Value>>, id: string, make: () => Promise<Value>): Promise<Value> {
  const value = made.get(id) ?? make()
  made.set(id, value)
  value.catch(() => made.delete(id))
  return value
}

function serverFor(reachable: Reachable, allowed: Allowed, hidden: (text: string) => string): McpServer {
  const server = new McpServer({ name: 'wamux', version }, { capabilities: { tools: {} }, instructions: INSTRUCTIONS })
  const add = (
    name: (typeof TOOLS)[number],
    about: string,
    schema: object,
    readOnly: boolean,
    run: (input: never, signal: AbortSignal) => Promise<ToolAnswer>,
  ) =>
    server.registerTool(
      name,
      {
        description: about,
        inputSchema: fromJsonSchema(schema as JsonSchemaType),
        annotations: { readOnlyHint: readOnly, destructiveHint: !readOnly && allowed.has('danger'), openWorldHint: true },
      },
      async (input, { mcpReq }) => withoutSecrets(await asAnswer(() => run(input as never, mcpReq.signal)), hidden) as never,
    )
  add(
    'search_operations',
    'Finds operations of the WhatsApp gateways by words: "send image", "group invite".',
    object({ query: { type: 'string' }, gateway: GATEWAY }, ['query']),
    true,
    (input) => searchOperations(reachable, allowed, input),
  )
  add(
    'describe_operation',
    'Tells the inputs of an operation, with types, what it does, and how well it is known.',
    object({ gateway: GATEWAY, operation: OPERATION }, ['gateway', 'operation']),
    true,
    (input) => describeOperation(reachable, allowed, input),
  )
  add(
    'call_operation',
    'Calls an operation. Never repeat a call that ended as unknown_outcome.',
    object({ gateway: GATEWAY, operation: OPERATION, input: { type: 'object', description: 'its inputs by name' } }, [
      'gateway',
      'operation',
    ]),
    allowed.size === 0,
    (input, signal) => callOperation(reachable, allowed, input, signal),
  )
  return server
}

function object(properties: object, required: readonly string[]): object {
  return { type: 'object', properties, required, additionalProperties: false }
}

// an answer or an error may repeat a credential of our own
function withoutSecrets(answer: ToolAnswer, hidden: (text: string) => string): ToolAnswer {
  const content = answer.content.map((one) => (one.type === 'text' ? { ...one, text: hidden(one.text) } : one))
  return { ...answer, content }
}

/** Turns an error into an answer that the agent can read. */
async function asAnswer(run: () => Promise<ToolAnswer>): Promise<ToolAnswer> {
  try {
    return await run()
  } catch (error) {
    const { toJSON, message } = error as { toJSON?: () => object; message: string }
    return { content: [{ type: 'text', text: toJSON ? JSON.stringify(toJSON.call(error)) : message }], isError: true }
  }
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GatewayId } from '@wamux/emulator'
import type { Network } from '../harness/network.ts'
import { until } from '../harness/until.ts'
import { type Checks, expect } from './checks.ts'
import type { N8n } from './n8n.ts'

/** A workflow of the README. */
export interface Workflow {
  readonly id: string
  readonly name: string
  readonly nodes: readonly WorkflowNode[]
}

interface WorkflowNode {
  readonly name: string
  readonly type: string
  readonly parameters: Record<string, unknown>
}

/** The phone that the workflows write to. */
export const RECIPIENT = '12025550177'

const PACKAGE = 'n8n-nodes-wamux.'

/** The workflows of the README, each for its gateway's session in this network. */
export function readWorkflows(folder: string, network: Network): Workflow[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => inNetwork(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Workflow, network))
}

/** The trigger of a workflow, and whose it is. */
export function triggerOf({ nodes }: Workflow): { node: WorkflowNode; gateway: GatewayId } | undefined {
  const node = nodes.find(({ type }) => type.startsWith(PACKAGE) && type.endsWith('Trigger'))
  return node ? { node, gateway: node.type.slice(PACKAGE.length, -'Trigger'.length) as GatewayId } : undefined
}

// SparkBot names its numbers itself; the others are made with the names that the workflows have
function inNetwork(workflow: Workflow, network: Network): Workflow {
  const trigger = triggerOf(workflow)
  if (trigger?.gateway !== 'sparkbot') return workflow
  const session = { __rl: true, mode: 'id', value: network.lines.sparkbot.session }
  const nodes = workflow.nodes.map((node) => (node === trigger.node ? { ...node, parameters: { ...node.parameters, session } } : node))
  return { ...workflow, nodes }
}

/** Imports all workflows and executes those that are started by hand, as n8n's command line does it. */
export async function tryWorkflows(
  checks: Checks,
  n8n: N8n,
  network: Network,
  workflows: readonly Workflow[],
  home: string,
): Promise<void> {
  await checks.check('the workflows of the README are imported', async () => {
    expect(workflows.length > 0, 'there are none')
    // with a longer id n8n runs a workflow and silently keeps nothing of it, the secret of its webhook for one
    const long = workflows.filter(({ id }) => id.length > 21).map(({ id }) => id)
    expect(long.length === 0, `the ids have more than 21 characters: ${long.join(', ')}`)
    const file = join(home, 'workflows.json')
    writeFileSync(file, JSON.stringify(workflows))
    await n8n.command('import:workflow', `--input=${file}`)
    return `${workflows.length}`
  })
  for (const workflow of workflows.filter((one) => !triggerOf(one))) {
    await checks.check(`workflow "${workflow.name}" runs`, async () => {
      const before = await arrived(network)
      const { status, data } = await n8n.execute(workflow.id)
      expect(status === 'success', `${status}: ${data.resultData.error?.message}`)
      const skipped = workflow.nodes.filter(({ name }) => !data.resultData.runData[name])
      expect(skipped.length === 0, `${skipped.map(({ name }) => name).join(', ')} did not run`)
      // a gateway with a queue sends a moment later
      const messages = await until(async () => (await arrived(network)) - before || undefined, 'no message arrived')
      return `${messages} message${messages === 1 ? '' : 's'} arrived`
    })
  }
}

async function arrived({ server }: Network): Promise<number> {
  return (await server.emulator.control.messages({ phone: RECIPIENT })).length
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { INodeProperties, INodeType } from 'n8n-workflow'
import { describe, expect, it } from 'vitest'
import { Sparkbot } from '../nodes/Sparkbot/Sparkbot.node.ts'
import { SparkbotTrigger } from '../nodes/Sparkbot/SparkbotTrigger.node.ts'
import { Waha } from '../nodes/Waha/Waha.node.ts'
import { WahaTrigger } from '../nodes/Waha/WahaTrigger.node.ts'
import { Warest } from '../nodes/Warest/Warest.node.ts'
import { WarestTrigger } from '../nodes/Warest/WarestTrigger.node.ts'
import { Wawp } from '../nodes/Wawp/Wawp.node.ts'
import { WawpTrigger } from '../nodes/Wawp/WawpTrigger.node.ts'
import { WhatsAppGateway } from '../nodes/WhatsAppGateway/WhatsAppGateway.node.ts'

interface WorkflowNode {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly credentials?: Readonly<Record<string, unknown>>
  readonly webhookId?: string
}

interface Workflow {
  readonly id: string
  readonly name: string
  readonly nodes: readonly WorkflowNode[]
  readonly connections: Readonly<Record<string, { main: { node: string }[][] }>>
}

const NODES: readonly INodeType[] = [
  new Sparkbot(),
  new SparkbotTrigger(),
  new Waha(),
  new WahaTrigger(),
  new Warest(),
  new WarestTrigger(),
  new Wawp(),
  new WawpTrigger(),
  new WhatsAppGateway(),
]
const BY_TYPE = new Map(NODES.map((node) => [`n8n-nodes-wamux.${node.description.name}`, node.description]))

const folder = join(import.meta.dirname, '..', 'workflows')
const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
const workflows = readdirSync(folder).map((file) => ({ file, workflow: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Workflow }))

/** What n8n would show of a node's parameters. */
function shown(properties: readonly INodeProperties[], parameters: Readonly<Record<string, unknown>>): INodeProperties[] {
  const fits = (rules: Record<string, unknown[] | undefined>) =>
    Object.entries(rules).every(([name, values]) => {
      const given = parameters[name.replace(/^\//, '')] ?? properties.find((one) => one.name === name)?.default
      return values?.includes(given)
    })
  return properties.filter(({ displayOptions }) => {
    if (displayOptions?.show && !fits(displayOptions.show)) return false
    return !displayOptions?.hide || !fits(displayOptions.hide)
  })
}

function problemsWith({ type, parameters, credentials }: WorkflowNode): string[] {
  if (type === 'n8n-nodes-base.manualTrigger') return []
  const description = BY_TYPE.get(type)
  if (!description) return [`there is no node ${type}`]
  const visible = shown(description.properties, parameters)
  const choices = (['resource', 'operation'] as const).flatMap((name) => {
    const property = visible.find((one) => one.name === name)
    const values = (property?.options ?? []) as { value: unknown }[]
    return property && !values.some(({ value }) => value === parameters[name]) ? [`${name}: ${parameters[name]}`] : []
  })
  const more = (parameters.additionalFields ?? {}) as object
  const offered = shown((visible.find((one) => one.name === 'additionalFields')?.options ?? []) as INodeProperties[], parameters).map(
    (one) => one.name,
  )
  return [
    ...choices,
    ...Object.keys(parameters).filter((name) => !visible.some((one) => one.name === name)),
    ...Object.keys(more).filter((name) => !offered.includes(name)),
    ...visible.filter((one) => one.required && parameters[one.name] === undefined && !one.default).map((one) => `${one.name} is missing`),
    ...Object.keys(credentials ?? {}).filter((name) => !description.credentials?.some((one) => one.name === name)),
    ...(Object.keys(credentials ?? {}).length === 1 ? [] : ['one credential is expected']),
  ]
}

describe.each(workflows)('$file', ({ file, workflow }) => {
  it('has nodes that exist, filled in as they ask for', () => {
    expect(workflow.nodes.flatMap((node) => problemsWith(node).map((problem) => `${node.name}: ${problem}`))).toEqual([])
  })

  it('connects all of its nodes, by name', () => {
    const names = workflow.nodes.map(({ name }) => name)
    const reached = Object.values(workflow.connections).flatMap(({ main }) => main.flat().map(({ node }) => node))
    expect(Object.keys(workflow.connections).every((name) => names.includes(name))).toBe(true)
    expect(reached.toSorted()).toEqual(names.slice(1).toSorted())
    expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(names.length)
  })

  it('has an id under which n8n keeps what a trigger remembers', () => {
    // n8n saves the static data of workflows with longer ids nowhere, and says nothing
    expect(workflow.id.length).toBeLessThanOrEqual(16)
  })

  it('is linked from the README', () => {
    expect(readme).toContain(`/apps/n8n/workflows/${file})`)
  })
})

const templateFolder = join(import.meta.dirname, '..', 'templates')
const templates = readdirSync(templateFolder).map((file) => ({
  file,
  workflow: JSON.parse(readFileSync(join(templateFolder, file), 'utf8')) as Workflow,
}))

describe.each(templates)('template $file', ({ file, workflow }) => {
  it('has nodes of ours that exist, filled in as they ask for', () => {
    // the node as a tool of an agent has these parameters, and its description
    const own = workflow.nodes
      .filter(({ type }) => type.startsWith('n8n-nodes-wamux.'))
      .map((node) => {
        const { descriptionType: _, toolDescription: __, ...parameters } = node.parameters
        return { ...node, type: node.type.replace(/Tool$/, ''), parameters }
      })
    expect(own.length).toBeGreaterThan(0)
    expect(own.flatMap((node) => problemsWith(node).map((problem) => `${node.name}: ${problem}`))).toEqual([])
  })

  it('has a short id of its own, a note for people, no secret, and its place in the README', () => {
    expect(workflow.id.length).toBeLessThanOrEqual(16)
    expect([...templates, ...workflows].filter((one) => one.workflow.id === workflow.id)).toHaveLength(1)
    expect(workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote')).toBe(true)
    expect(readme).toContain(`/apps/n8n/templates/${file})`)
  })
})

it('there is a workflow for each node', () => {
  const used = workflows.flatMap(({ workflow }) => workflow.nodes.map(({ type }) => type))
  expect([...BY_TYPE.keys()].filter((type) => !used.includes(type))).toEqual([])
})

it('sees a wrong parameter, operation and credential', () => {
  const parameters = { resource: 'session', operation: 'stopp', text: 'Hi' }
  const node = { id: '1', name: 'x', type: 'n8n-nodes-wamux.waha', parameters, credentials: { wahaApi: {} } }
  expect(problemsWith(node)).toEqual(['operation: stopp', 'text', 'wahaApi'])
})

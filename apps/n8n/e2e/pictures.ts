import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Network } from '../harness/network.ts'
import { openBrowser, type Page, part } from './browser.ts'
import type { N8n } from './n8n.ts'
import type { Rest } from './rest.ts'
import type { Templates } from './templates.ts'

interface PicturesRig {
  readonly network: Network
  readonly rest: Rest
  readonly n8n: N8n
  readonly installation: string
  readonly pictures: string
  readonly templates: Templates
}

const SETTLED_MS = 1_500
/** What the nodes are called in the pictures. */
const TITLES: Readonly<Record<string, string>> = {
  'send-text': 'Send Text',
  'reset-session': 'Reset Session',
  trigger: 'On Message',
  error: 'Stop Session',
  'wait-for-response': 'Ask the Owner',
}
const THEMES = ['light', 'dark'] as const

/** Takes pictures of each template, and of the nodes that people look at first, in light and in dark. */
export async function takePictures({ network, rest, n8n, installation, pictures, templates }: PicturesRig): Promise<void> {
  const { id, nodes } = await nodesWorkflow(network, rest)
  const agent = templates['ai-agent']?.id ?? ''
  const [run] = await executionsOf(rest, agent)
  mkdirSync(join(pictures, 'templates'), { recursive: true })
  for (const theme of THEMES) {
    const { page, close } = await openBrowser({ installation, url: n8n.url, cookie: rest.cookie, theme })
    const picture = async (name: string) => {
      await page.waitForTimeout(SETTLED_MS)
      await page.screenshot({ path: join(pictures, `${name}.png`) })
    }
    try {
      if (theme === 'light') {
        for (const [name, workflow] of Object.entries(templates)) {
          await openCanvas(page, `${n8n.url}/workflow/${workflow.id}`)
          await picture(`templates/${name}`)
        }
      }
      for (const [name, node] of Object.entries(nodes)) {
        await page.goto(`${n8n.url}/workflow/${id}/${node}`)
        await page.locator(part('ndv')).first().waitFor()
        if (name === 'error') {
          await page.locator(part('node-execute-button')).first().click()
          await page.locator(part('node-error-message')).first().waitFor()
        }
        await picture(`${name}-${theme}`)
      }
      await page.goto(`${n8n.url}/workflow/${agent}/executions/${run}`)
      await page.waitForTimeout(4 * SETTLED_MS)
      await picture(`tool-call-${theme}`)
      await openCanvas(page, `${n8n.url}/workflow/${id}`)
      await page.keyboard.press('n')
      await page.waitForTimeout(SETTLED_MS)
      await page.keyboard.type('WAHA')
      await page.locator(part('item-iterator-item')).filter({ hasText: 'WAHA' }).first().click()
      await picture(`panel-${theme}`)
    } finally {
      await close()
    }
  }
}

async function openCanvas(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.locator('.vue-flow__node').first().waitFor()
  await page.waitForTimeout(SETTLED_MS)
  // fits the workflow into the window
  await page.keyboard.press('1')
}

async function executionsOf(rest: Rest, workflowId: string): Promise<string[]> {
  const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }))
  const found = await rest.call<{ results: { id: string }[] } | { id: string }[]>('GET', `executions?filter=${filter}&limit=5`)
  return (Array.isArray(found) ? found : found.results).map(({ id }) => id)
}

/** A workflow with the nodes of the pictures; gives their ids by the names of the pictures. */
async function nodesWorkflow({ lines }: Network, rest: Rest): Promise<{ id: string; nodes: Readonly<Record<string, string>> }> {
  const chosen = (value: string) => ({ __rl: true, mode: 'id', value })
  const waha = { wamuxWahaApi: { id: 'wamux-waha', name: 'WAHA' } }
  const session = chosen(lines.waha.session)
  const to = { __rl: true, mode: 'phone', value: '+12025550177' }
  const parameters: Readonly<Record<string, readonly [type: string, parameters: object, credentials: object]>> = {
    'send-text': ['waha', { resource: 'message', operation: 'sendText', session, chatId: to, text: 'Hello from n8n' }, waha],
    'reset-session': [
      'sparkbot',
      { resource: 'session', operation: 'reset', deviceId: chosen(lines.sparkbot.session) },
      { wamuxSparkbotApi: { id: 'wamux-sparkbot', name: 'SparkBot' } },
    ],
    trigger: ['wahaTrigger', { session, events: ['message.received'], nodeOptions: { ignoreOwn: true, chats: 'direct' } }, waha],
    error: ['waha', { resource: 'session', operation: 'stop', session: chosen('shop') }, waha],
    'wait-for-response': ['waha', { resource: 'message', operation: 'sendAndWait', session, to, text: 'May I order for 120 Euro?' }, waha],
  }
  const start = { id: randomUUID(), name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} }
  const nodes = Object.entries(parameters).map(([picture, [type, given, credentials]], index) => ({
    id: randomUUID(),
    name: TITLES[picture] ?? picture,
    type: `n8n-nodes-wamux.${type}`,
    typeVersion: 1,
    position: [240, index * 160],
    parameters: given,
    credentials,
    webhookId: randomUUID(),
  }))
  const followers = nodes.filter(({ type }) => !type.endsWith('Trigger')).map(({ name }) => ({ node: name, type: 'main', index: 0 }))
  const body = {
    name: 'Pictures',
    nodes: [start, ...nodes],
    connections: { Start: { main: [followers] } },
    settings: { executionOrder: 'v1' },
  }
  const { id } = await rest.call<{ id: string }>('POST', 'workflows', body)
  return { id, nodes: Object.fromEntries(Object.keys(parameters).map((picture, index) => [picture, nodes[index]?.id ?? ''])) }
}

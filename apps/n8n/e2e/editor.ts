import { join } from 'node:path'
import { requireVerb } from '@wamux/core'
import type { Network } from '../harness/network.ts'
import { until } from '../harness/until.ts'
import { openBrowser, part } from './browser.ts'
import { type Checks, expect } from './checks.ts'
import type { N8n } from './n8n.ts'
import type { Rest } from './rest.ts'

/** What the editor is tried with. */
export interface EditorRig {
  readonly checks: Checks
  readonly network: Network
  readonly rest: Rest
  readonly n8n: N8n
  /** Folder of playwright-core. */
  readonly installation: string
  /** Where pictures go. */
  readonly pictures: string
}

// animations of the editor have to be over before a picture is taken
const SETTLED_MS = 1_200

/** Looks for "Stop Session" in n8n's editor, fills it in from the list of sessions, runs it, and takes pictures of that. */
export async function tryEditor({ checks, network, rest, n8n, installation, pictures }: EditorRig): Promise<void> {
  const { page, close } = await openBrowser({ installation, url: n8n.url, cookie: rest.cookie })
  try {
    const picture = async (name: string) => {
      await page.waitForTimeout(SETTLED_MS)
      await page.screenshot({ path: join(pictures, `${name}.png`) })
    }
    const { id } = await rest.call<{ id: string }>('POST', 'workflows', workflow)

    const found = await checks.check('editor: the search finds "Stop Session"', async () => {
      await page.goto(`${n8n.url}/workflow/${id}`)
      await page.locator('.vue-flow__node').first().click()
      await page.keyboard.press('n')
      await page.waitForTimeout(SETTLED_MS)
      await page.keyboard.type('Stop Session')
      const hit = page.locator(part('item-iterator-item')).filter({ hasText: 'WAHA' }).first()
      await hit.waitFor()
      await picture('search')
      await hit.click()
      const action = page.getByText('Stop session', { exact: true }).first()
      await action.scrollIntoViewIfNeeded()
      await picture('actions')
      await action.click()
      await page.locator(part('node-execute-button')).first().waitFor()
    })
    if (!found) {
      await picture('failed')
      return
    }
    const filled = await checks.check('editor: From List shows the sessions of the gateway', async () => {
      await page.locator(part('rlc-input')).first().click()
      const item = page.locator(part('rlc-item')).filter({ hasText: network.lines.waha.session }).first()
      await item.waitFor()
      await picture('from-list')
      await item.click()
    })
    const ran = await checks.check('editor: the node runs, and the session is stopped', async () => {
      expect(filled, 'there is no session to stop')
      await page.locator(part('node-execute-button')).first().click()
      await until(async () => {
        const { gateway, session } = network.lines.waha
        return (await requireVerb(gateway, 'session.get')({ session })).state === 'stopped' ? true : undefined
      }, 'the session still runs')
      await page.locator(part('output-panel')).getByText('STOPPED').first().waitFor()
      await picture('stop-session')
    })
    if (!ran) await picture('failed')
  } finally {
    await close()
  }
}

const workflow = {
  name: 'Stop a session',
  nodes: [
    {
      id: 'start',
      name: 'When clicking ‘Execute workflow’',
      type: 'n8n-nodes-base.manualTrigger',
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
    },
  ],
  connections: {},
  settings: { executionOrder: 'v1' },
}

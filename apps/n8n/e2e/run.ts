// Inside the network namespace: node run.ts <n8n> <package under test> <folder to work in> <folder for pictures> <file for the result> [part of a workflow's name]

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GatewayId } from '@wamux/emulator'
import { openNetwork } from '../harness/network.ts'
import { createChecks } from './checks.ts'
import { tryEditor } from './editor.ts'
import { tryManyTriggers } from './many-triggers.ts'
import { createN8n } from './n8n.ts'
import { takePictures } from './pictures.ts'
import { logIn } from './rest.ts'
import { trySendAndWait } from './send-and-wait.ts'
import { openStandIns } from './stand-ins.ts'
import { readTemplates, standInCredentials, tryTemplates, tryTemplatesByHand, unpublish } from './templates.ts'
import { tryTrigger } from './triggers.ts'
import { readWorkflows, triggerOf, tryWorkflows } from './workflows.ts'

const [installation = '', nodes = '', work = '', pictures = '', result = '', wanted = ''] = process.argv.slice(2)
const home = join(work, 'home')
mkdirSync(home)
const checks = createChecks()
const network = await openNetwork()
const standIns = await openStandIns()
const templates = readTemplates(join(import.meta.dirname, '..', 'templates'), standIns)
// `templates` tries these alone
const alone = wanted === 'templates'
const n8n = createN8n({ installation, home, nodes, port: 5699 })

const NAMES: Readonly<Record<GatewayId, string>> = { waha: 'WAHA', wawp: 'Wawp', warest: 'WARest', sparkbot: 'SparkBot' }

try {
  await checks.check('credentials are imported', async () => {
    const all = (Object.keys(NAMES) as GatewayId[]).map((id) => {
      const { baseUrl, credentials } = network.server.gateways[id]
      const type = `wamux${id.charAt(0).toUpperCase()}${id.slice(1)}Api`
      return { id: `wamux-${id}`, name: NAMES[id], type, data: { baseUrl, ...credentials } }
    })
    writeFileSync(join(home, 'credentials.json'), JSON.stringify([...all, ...standInCredentials(standIns)]))
    await n8n.command('import:credentials', `--input=${join(home, 'credentials.json')}`)
  })
  const workflows = readWorkflows(join(import.meta.dirname, '..', 'workflows'), network).filter(({ name }) => name.includes(wanted))
  const rig = { checks, network, n8n, templates, standIns }
  if (!alone) await tryWorkflows(checks, n8n, network, workflows, home)
  if (alone || wanted === '') await tryTemplatesByHand(rig, home)
  if (await checks.check('n8n starts', () => n8n.start())) {
    const rest = await logIn(n8n.url)
    if (!alone) {
      for (const workflow of workflows) {
        const trigger = triggerOf(workflow)
        if (trigger) await tryTrigger({ checks, network, rest }, workflow, trigger.gateway)
      }
      await trySendAndWait({ checks, network, rest })
      await tryManyTriggers({ checks, network, rest, n8n })
    }
    if (alone || wanted === '') {
      await tryTemplates(rig, rest)
      await checks.check('the pictures are taken', () => takePictures({ network, rest, n8n, installation, pictures, templates }))
      await checks.check('the templates are unpublished', () => unpublish(rig, rest))
    }
    if (!alone) await tryEditor({ checks, network, rest, n8n, installation, pictures })
  }
} finally {
  await n8n.stop()
  standIns.close()
  await network.server.close()
}
if (checks.failed > 0) console.log(`\nThe end of n8n's log:\n${n8n.endOfLog()}`)
writeFileSync(result, JSON.stringify({ passed: checks.passed, failed: checks.failed }))
process.exit(0)

import type { OperationTable } from '@wamux/core'
import { operations as sparkbot } from '@wamux/sparkbot/operations'
import { operations as waha } from '@wamux/waha/operations'
import { operations as warest } from '@wamux/warest/operations'
import { operations as wawp } from '@wamux/wawp/operations'
import type { INodeProperties } from 'n8n-workflow'
import type { Overlay } from '../src/overlay/overlay.ts'
import { sparkbotOverlay } from '../src/overlay/sparkbot.ts'
import { wahaOverlay } from '../src/overlay/waha.ts'
import { warestOverlay } from '../src/overlay/warest.ts'
import { wawpOverlay } from '../src/overlay/wawp.ts'
import { sparkbotTrigger } from '../src/trigger/sparkbot.ts'
import type { TriggerNode } from '../src/trigger/trigger-node.ts'
import { wahaTrigger } from '../src/trigger/waha.ts'
import { warestTrigger } from '../src/trigger/warest.ts'
import { wawpTrigger } from '../src/trigger/wawp.ts'
import { REPLAY_WINDOW, WAWP_SIGNATURE } from './properties/trigger-options.ts'

/** What the nodes of one gateway are generated from, and what differs between the gateways. */
export interface GeneratedNode {
  /** Folder in `nodes`, and name of the class. */
  readonly folder: string
  /** Name of the node type, of its module in `src/gateways` and of its icon. */
  readonly id: string
  readonly table: OperationTable
  readonly overlay: Overlay
  readonly trigger: TriggerNode
  /** Description of the action node. */
  readonly about: string
  /** Words that find the node in the editor's search, beside its name. */
  readonly alias: readonly string[]
  /** Options that only this gateway's action node has. */
  readonly options: readonly INodeProperties[]
  /** Description of the trigger. */
  readonly triggerAbout: string
  /** Box on top of the trigger's form. */
  readonly triggerNotice: string
  /** Box that says what to do for a webhook that a person registers. */
  readonly manualNotice: string
  /** Options that not all triggers have. */
  readonly triggerOptions: readonly INodeProperties[]
  /** How the trigger's session is chosen; without `list` it is a text. */
  readonly session: { readonly label: string; readonly list?: string; readonly example?: string; readonly about?: string }
}

/** The nodes that are generated. */
export const generatedNodes: readonly GeneratedNode[] = [
  {
    folder: 'Sparkbot',
    id: 'sparkbot',
    table: sparkbot,
    overlay: sparkbotOverlay,
    trigger: sparkbotTrigger,
    about: 'Call every operation of the WhatsApp gateway SparkBot',
    alias: ['whatsapp', 'sparkbot', 'spark bot', 'pautapy', 'wassenger', 'message', 'send messages', 'team', 'chat', 'reset session'],
    options: [],
    triggerAbout: 'Starts the workflow when something happens with a WhatsApp number at SparkBot',
    triggerNotice:
      'SparkBot does not sign what it sends. The address that it gets holds a secret, so that nobody else can send there; the content is not protected. Which events come depends on the plan.',
    manualNotice:
      'At SparkBot, add a webhook with the production URL of this node, followed by <code>?token=</code> and the secret below. While you test, it needs the test URL.',
    triggerOptions: [],
    session: { label: 'WhatsApp Number', list: 'device', example: '507f1f77bcf86cd799439011' },
  },
  {
    folder: 'Waha',
    id: 'waha',
    table: waha,
    overlay: wahaOverlay,
    trigger: wahaTrigger,
    about: 'Call every operation of WAHA, the WhatsApp HTTP API',
    alias: ['whatsapp', 'waha', 'message', 'chat', 'stop session', 'logout session'],
    options: [],
    triggerAbout: 'Starts the workflow when something happens in a WAHA session',
    triggerNotice:
      'The webhook is a part of the settings of the session: registering it restarts a running session. Webhooks of others stay.',
    manualNotice:
      'In the settings of the session, or of the server, add a webhook with the production URL of this node, and the secret below as its HMAC key. While you test, it needs the test URL.',
    triggerOptions: [REPLAY_WINDOW],
    session: { label: 'Session', list: 'session', example: 'default' },
  },
  {
    folder: 'Warest',
    id: 'warest',
    table: warest,
    overlay: warestOverlay,
    trigger: warestTrigger,
    about: 'Call every operation of the WhatsApp gateway WARest',
    alias: ['whatsapp', 'warest', 'wa rest', 'message', 'chat', 'logout session'],
    options: [],
    triggerAbout: 'Starts the workflow when something happens in a WARest session',
    triggerNotice:
      'A session of WARest has one webhook. If another program has set one, the trigger cannot be activated; it does not take its place. The session has to be running then. While you test a published workflow, the published one gets no events.',
    manualNotice:
      'At WARest, set the webhook of the session to the production URL of this node, and its webhook secret to the secret below. While you test, it needs the test URL.',
    triggerOptions: [REPLAY_WINDOW],
    session: { label: 'Session', list: 'session', example: 'my-session' },
  },
  {
    folder: 'Wawp',
    id: 'wawp',
    table: wawp,
    overlay: wawpOverlay,
    trigger: wawpTrigger,
    about: 'Call every operation of the WhatsApp gateway Wawp',
    alias: ['whatsapp', 'wawp', 'message', 'chat', 'stop session', 'logout session'],
    options: [
      {
        displayName: 'Instance ID',
        name: 'instanceId',
        type: 'string',
        default: '',
        description: 'In place of the instance that the credential names',
      },
    ],
    triggerAbout: 'Starts the workflow when something happens in a Wawp instance',
    triggerNotice:
      'Wawp allows webhooks on paid plans only. How it signs them is not documented without doubt: the options take a signature of either kind, or the one that you choose.',
    manualNotice:
      'At Wawp, add a webhook with the production URL of this node, and the secret below as its HMAC secret. Where there is no such field, choose the signature Secret Token in the Address in the options, and add <code>?token=</code> and the secret to the URL. While you test, it needs the test URL.',
    triggerOptions: [REPLAY_WINDOW, WAWP_SIGNATURE],
    session: { label: 'Instance ID', about: 'Left empty, the instance that the credential names' },
  },
]

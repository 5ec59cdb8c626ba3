import type { GeneratedNode } from './gateways.ts'

const REPOSITORY = 'https://github.com/wamux/wamux/tree/main/apps/n8n'

/** The class of a gateway's action node. n8n's lint reads the description where it stands, so it is written out. */
export function actionNode({ folder, id, overlay, about }: GeneratedNode): string {
  return `import type {
  IExecuteFunctions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
  IWebhookFunctions,
  IWebhookResponseData,
} from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { answerWaiting } from '../../src/composed/response-page.ts'
import { WAITING_TOOLTIP, waitingWebhooks } from '../../src/composed/send-and-wait.ts'
import { ${id} } from '../../src/gateways/${id}.ts'
import { listSearches } from '../../src/lists/list-search.ts'
import { inOrderOfUse } from '../../src/overlay/resource-order.ts'
import { executeOperations } from '../../src/run/execute-operations.ts'
import { operationProperties } from './generated/index.ts'
import { nodeOptions } from './generated/options.ts'

export class ${folder} implements INodeType {
  description: INodeTypeDescription = {
    displayName: '${overlay.gateway}',
    name: '${id}',
    icon: { light: 'file:../../icons/${id}.svg', dark: 'file:../../icons/${id}.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{$parameter["resource"] + ": " + $parameter["operation"]}}',
    description: '${about}',
    defaults: { name: '${overlay.gateway}' },
    usableAsTool: true,
    waitingNodeTooltip: WAITING_TOOLTIP,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wamux${folder}Api', required: true }],
    webhooks: waitingWebhooks,
    properties: [...inOrderOfUse(operationProperties, ${id}.overlay), nodeOptions],
  }

  methods = { listSearch: listSearches(${id}) }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return executeOperations(this, ${id}, operationProperties)
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return answerWaiting(this)
  }
}
`
}

// one output, or one for each chosen event, in their order
const TRIGGER_OUTPUTS =
  '={{ $parameter["nodeOptions"]["outputs"] === "perEvent" ? $parameter["events"].map((event) => ({ type: "main", displayName: event })) : ["main"] }}'

/** The class of a gateway's trigger. */
export function triggerNode({ folder, id, overlay, triggerAbout, session }: GeneratedNode): string {
  const hasLists = session.list !== undefined
  const imports = hasLists
    ? `import { ${id} } from '../../src/gateways/${id}.ts'
import { listSearches } from '../../src/lists/list-search.ts'
`
    : ''
  const methods = hasLists ? `  methods = { listSearch: listSearches(${id}) }\n\n` : ''
  return `import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow'
${imports}import { createWebhook, deleteWebhook, webhookExists } from '../../src/trigger/lifecycle.ts'
import { receive } from '../../src/trigger/receive.ts'
import { ${id}Trigger } from '../../src/trigger/${id}.ts'
import { triggerProperties } from './generated/trigger.ts'

export class ${folder}Trigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: '${overlay.gateway} Trigger',
    name: '${id}Trigger',
    icon: { light: 'file:../../icons/${id}.svg', dark: 'file:../../icons/${id}.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: '${triggerAbout}',
    defaults: { name: '${overlay.gateway} Trigger' },
    inputs: [],
    outputs:
      '${TRIGGER_OUTPUTS}',
    credentials: [{ name: 'wamux${folder}Api', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: triggerProperties,
  }

${methods}  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return webhookExists(this, ${id}Trigger)
      },
      async create(this: IHookFunctions): Promise<boolean> {
        return createWebhook(this, ${id}Trigger)
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return deleteWebhook(this, ${id}Trigger)
      },
    },
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return receive(this, ${id}Trigger)
  }
}
`
}

/** The file beside a node from which the editor's search takes further words and links. */
export function codexOf(name: string, alias: readonly string[], heading: 'readme' | 'triggers'): string {
  const words = alias.map((word) => JSON.stringify(word)).join(', ')
  return `{
  "node": "n8n-nodes-wamux.${name}",
  "nodeVersion": "1.0",
  "codexVersion": "1.0",
  "categories": ["Communication"],
  "alias": [${words}],
  "resources": {
    "primaryDocumentation": [
      {
        "url": "${REPOSITORY}#${heading}"
      }
    ],
    "credentialDocumentation": [
      {
        "url": "${REPOSITORY}#credentials"
      }
    ]
  }
}
`
}

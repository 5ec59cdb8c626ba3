import type { GatewayBase } from '@wamux/core'
import { createSparkbot } from '@wamux/sparkbot'
import { operations } from '@wamux/sparkbot/operations'
import { sparkbotOverlay } from '../overlay/sparkbot.ts'
import { PAGES } from '../wire/authenticate.ts'
import { credentialText } from '../wire/credential-text.ts'
import type { GatewayNode } from './gateway-node.ts'

/** SparkBot: the key in `Token`; answers are bare. */
export const sparkbot: GatewayNode = {
  credential: 'wamuxSparkbotApi',
  keyField: 'apiKey',
  pages: PAGES.sparkbot,
  places: { headers: ['token'] },
  overlay: sparkbotOverlay,
  table: operations,
  create: (credentials, settings) =>
    createSparkbot({
      ...settings,
      baseUrl: credentialText(credentials, 'baseUrl'),
      apiKey: credentialText(credentials, 'apiKey'),
    }) as unknown as GatewayBase,
  unwrap: (_operation, data) => data,
}

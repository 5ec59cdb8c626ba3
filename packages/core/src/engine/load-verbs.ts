import type { engineChannelVerbs } from './verbs/channel.ts'

/** The verbs of the gateways that run WhatsApp engines; each namespace's code is loaded when it is asked for. */
export const loadEngineVerbs: {
  channel(): Promise<typeof engineChannelVerbs>
} = {
  channel: async () => (await import('./verbs/channel.ts')).engineChannelVerbs,
}

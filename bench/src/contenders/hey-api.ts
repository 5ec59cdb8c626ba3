import { API_KEY, checkAnswer, MESSAGE } from '../payload.ts'
import type { CreateContender } from './contender.ts'

interface Generated {
  readonly client: { setConfig(config: { baseUrl: string; auth: string }): void }
  messagesSendText(options: { body: typeof MESSAGE }): Promise<{ data?: unknown }>
}

/** Made by `prepare-hey-api.ts`; nothing looks into `dist`, neither git nor lint. */
export const GENERATED: URL = new URL('../../dist/hey-api.mjs', import.meta.url)

export const create: CreateContender = async (baseUrl) => {
  const { client, messagesSendText } = (await import(GENERATED.href)) as Generated
  client.setConfig({ baseUrl, auth: API_KEY })
  return {
    async call() {
      checkAnswer((await messagesSendText({ body: MESSAGE })).data)
    },
  }
}

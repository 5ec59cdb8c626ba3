import { createNodeFetch, type NodeFetch } from '@wamux/node-transport'
import { createWaha, createWahaClient, type WahaConfig } from '@wamux/waha'
import { API_KEY, CHAT_ID, checkAnswer, MESSAGE, PATH, SESSION, TEXT } from '../payload.ts'
import { answerAtOnce } from './answer-at-once.ts'
import type { Contender, CreateContender } from './contender.ts'

export const createClient: CreateContender = (baseUrl) => clientContender({ baseUrl, apiKey: API_KEY })
export const createVerb: CreateContender = (baseUrl) => verbContender({ baseUrl, apiKey: API_KEY })

/** Without a network: what wamux itself costs. */
export const createClientOffline: CreateContender = (baseUrl) => clientContender({ baseUrl, apiKey: API_KEY, fetch: answerAtOnce })
export const createVerbOffline: CreateContender = (baseUrl) => verbContender({ baseUrl, apiKey: API_KEY, fetch: answerAtOnce })

export const createClientOnNode: CreateContender = (baseUrl) => closing((fetch) => clientContender({ baseUrl, apiKey: API_KEY, fetch }))
export const createVerbOnNode: CreateContender = (baseUrl) => closing((fetch) => verbContender({ baseUrl, apiKey: API_KEY, fetch }))

/** The transport without anything of core around it. */
export const createBareNode: CreateContender = (baseUrl) => {
  const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-api-key': API_KEY }
  return closing((fetch) => ({
    async call() {
      const { signal } = new AbortController()
      const init = { method: 'POST', headers, body: JSON.stringify(MESSAGE), signal, redirect: 'manual', duplex: 'half' } as const
      const answer = await fetch(`${baseUrl}${PATH}`, init)
      checkAnswer(JSON.parse(await answer.text()))
    },
  }))
}

function clientContender(config: WahaConfig): Contender {
  const client = createWahaClient(config)
  return {
    async call() {
      checkAnswer((await client.POST(PATH, { body: MESSAGE })).data)
    },
  }
}

function verbContender(config: WahaConfig): Contender {
  const { message } = createWaha(config)
  return {
    async call() {
      checkAnswer((await message.sendText({ session: SESSION, to: CHAT_ID, text: TEXT })).raw)
    },
  }
}

function closing(make: (fetch: NodeFetch) => Contender): Contender {
  const fetch = createNodeFetch()
  return { ...make(fetch), close: () => fetch.close() }
}

import type { paths } from '@wamux/waha'
import createClient from 'openapi-fetch'
import { API_KEY, checkAnswer, MESSAGE, PATH } from '../payload.ts'
import { answerAtOnce } from './answer-at-once.ts'
import type { Contender, CreateContender } from './contender.ts'

export const create: CreateContender = (baseUrl) => contender(baseUrl)

/** Without a network: what the client itself costs. */
export const createOffline: CreateContender = (baseUrl) => contender(baseUrl, answerAtOnce)

function contender(baseUrl: string, fetch?: () => Promise<Response>): Contender {
  const client = createClient<paths>({ baseUrl, headers: { 'x-api-key': API_KEY }, ...(fetch ? { fetch } : {}) })
  return {
    async call() {
      checkAnswer((await client.POST(PATH, { body: MESSAGE })).data)
    },
  }
}

import ky from 'ky'
import { API_KEY, checkAnswer, MESSAGE, PATH } from '../payload.ts'
import type { CreateContender } from './contender.ts'

export const create: CreateContender = (baseUrl) => {
  const client = ky.create({ headers: { 'x-api-key': API_KEY }, retry: 0, timeout: false })
  return {
    async call() {
      checkAnswer(await client.post(`${baseUrl}${PATH}`, { json: MESSAGE }).json<unknown>())
    },
  }
}

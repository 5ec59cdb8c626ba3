import { API_KEY, checkAnswer, MESSAGE, PATH } from '../payload.ts'
import type { CreateContender } from './contender.ts'

export const create: CreateContender = (baseUrl) => {
  const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-api-key': API_KEY }
  return {
    async call() {
      const response = await fetch(`${baseUrl}${PATH}`, { method: 'POST', headers, body: JSON.stringify(MESSAGE) })
      checkAnswer(await response.json())
    },
  }
}

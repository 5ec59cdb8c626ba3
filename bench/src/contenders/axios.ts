import axios from 'axios'
import { API_KEY, checkAnswer, MESSAGE, PATH } from '../payload.ts'
import type { CreateContender } from './contender.ts'

export const create: CreateContender = (baseURL) => {
  const client = axios.create({ baseURL, headers: { 'x-api-key': API_KEY } })
  return {
    async call() {
      checkAnswer((await client.post<unknown>(PATH, MESSAGE)).data)
    },
  }
}

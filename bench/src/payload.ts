/** What every contender sends, 66 bytes as JSON, and gets, 230 bytes: a text message through WAHA. */
export const SESSION: string = 'default'
export const CHAT_ID: string = '491700000000@c.us'
export const TEXT: string = 'Hello!'
export const MESSAGE: SentBody = { session: SESSION, chatId: CHAT_ID, text: TEXT }
export const API_KEY: string = 'a-key-of-some-length'
export const PATH = '/api/sendText' as const

const ANSWER_ID = 'true_491700000000@c.us_3EB0A1B2C3D4E5F6'
export const ANSWER: string = JSON.stringify({ id: ANSWER_ID, timestamp: 1_700_000_000, ack: 0, body: 'x'.repeat(141) })

export interface SentBody {
  readonly session: string
  readonly chatId: string
  readonly text: string
}

/** @throws Error when an answer is not the one that the server gives */
export function checkAnswer(answer: unknown): void {
  if (typeof answer !== 'object' || answer === null || !('id' in answer) || answer.id !== ANSWER_ID) throw new Error('another answer came')
}

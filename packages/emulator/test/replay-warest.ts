import type { Exchange } from './recorded.ts'
import type { Answer } from './replay-waha.ts'
export async function replayWarest(_: Exchange): Promise<Answer> {
  return { status: 0, type: null, body: null }
}

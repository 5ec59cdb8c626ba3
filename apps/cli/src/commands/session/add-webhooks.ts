import type { SessionInfo } from '@wamux/core'
import { plainText } from '../../print/text-width.ts'
import type { Follow } from '../../verb/verb-spec.ts'

/**
 * Adds the webhooks of `--webhook` to a session that was created: by the verb for it, since most gateways take none with the creation.
 *
 * @returns undefined: the session is printed as it was answered
 */
export async function addWebhooks({ session }: SessionInfo, { context, call }: Follow): Promise<undefined> {
  const { values, say } = context
  for (const url of values.all('webhook')) {
    try {
      await call('webhook.create', { session, url })
    } catch (error) {
      say(`Session ${plainText(session)} is created; its webhook ${plainText(url)} is not.`)
      throw error
    }
    say(`Events go to ${plainText(url)}`)
  }
}

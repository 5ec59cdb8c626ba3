import type { Context } from '../../command/context.ts'
import { UsageError } from '../../errors/usage-error.ts'

const PASSWORD = 'WAMUX_SPEC_PASSWORD'

/**
 * The Authorization header for a document behind a password (HTTP Basic). User: `--user`, `WAMUX_SPEC_USER`. Password:
 * `WAMUX_SPEC_PASSWORD`, else it is asked for on a terminal.
 *
 * @param needed true when the server has refused to give the document without it
 * @returns undefined when none was given and none is needed
 * @throws UsageError that says how to give them
 */
export async function specLogin({ values, terminal, interactive }: Context, needed = false): Promise<string | undefined> {
  const { env } = terminal
  const user = values.text('user') ?? (env.WAMUX_SPEC_USER || undefined)
  const password = env[PASSWORD] || undefined
  if (user === undefined && !needed) return undefined
  if (user !== undefined && password !== undefined) return basic(user, password)
  if (!interactive) {
    throw new UsageError(
      user === undefined ? 'The document is behind a password.' : `The password of "${user}" is missing.`,
      `Give both: export ${PASSWORD}=…, and --user NAME`,
    )
  }
  const { isCancel, password: askPassword, text } = await import('@clack/prompts')
  // stdout is for data, so questions go to stderr
  const output = process.stderr
  const name = user ?? (await text({ message: 'User for the document', output }))
  const typed = isCancel(name) ? name : (password ?? (await askPassword({ message: `Password of ${name}`, output })))
  if (isCancel(name) || isCancel(typed)) throw new UsageError('Stopped.')
  return basic(name, typed)
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

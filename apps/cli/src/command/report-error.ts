import { EXIT, exitCodeOf } from '../errors/exit-codes.ts'
import { UsageError } from '../errors/usage-error.ts'
import { jsonText } from '../print/json.ts'
import { columnsOf, paintFor } from '../terminal/terminal.ts'
import { severalLines } from '../terminal/visible-text.ts'
import type { Environment } from './context.ts'
import { describeError, describeInterruption, type ErrorMessage, formatErrorMessage } from './describe-error.ts'
import { earlyFlags } from './parse-args.ts'
import type { Subject } from './subject.ts'

/**
 * Says on stderr what went wrong.
 *
 * @param subject what the command was about
 * @param argv the whole command line: `--json` counts even where the command line cannot be parsed
 * @returns the exit code
 */
export async function reportError(
  error: unknown,
  subject: Subject,
  argv: readonly string[],
  { terminal, signal }: Environment,
): Promise<number> {
  const { json, noColor, verbose } = earlyFlags(argv)
  const { stderr, env } = terminal
  const usage = error instanceof UsageError
  // core is loaded only to recognise its errors; a mistyped flag does without it
  const core = usage ? undefined : await import('@wamux/core').catch(() => undefined)
  const fromGateway = core?.GatewayError.is(error) ? error : undefined
  const interrupted = signal.aborted
  const code = interrupted ? EXIT.interrupted : usage ? EXIT.usage : fromGateway ? exitCodeOf(fromGateway) : EXIT.failure
  if (json) {
    const { message, name } = error instanceof Error ? error : new Error(String(error))
    const plain = usage || fromGateway ? (error as UsageError).toJSON() : { name, kind: 'failure', message }
    stderr.write(`${jsonText(plain, 0)}\n`)
    return code
  }
  const message: ErrorMessage = interrupted
    ? describeInterruption(fromGateway, subject)
    : fromGateway
      ? describeError(fromGateway, subject)
      : { sentence: error instanceof Error ? error.message : String(error), next: usage ? error.hint : undefined }
  const paint = paintFor(stderr, env, noColor)
  stderr.write(formatErrorMessage(message, paint, subject.manifest?.name ?? 'The gateway', columnsOf(stderr, env)))
  if (verbose) stderr.write(severalLines(detailsOf(error, fromGateway !== undefined)))
  return code
}

function detailsOf(error: unknown, fromGateway: boolean): string {
  if (!(error instanceof Error) || error instanceof UsageError) return ''
  if (!fromGateway) return `${error.stack ?? ''}\n`
  const { attempts, requestId, body, cause } = error as Error & { attempts?: number; requestId?: string; body?: string }
  const facts = [`attempts: ${attempts ?? 0}`, ...(requestId ? [`request id: ${requestId}`] : []), ...(body ? [`answer: ${body}`] : [])]
  const why = cause instanceof Error ? [`cause: ${cause.message}`] : []
  return [error.message, ...facts, ...why].map((line) => `  ${line}\n`).join('')
}

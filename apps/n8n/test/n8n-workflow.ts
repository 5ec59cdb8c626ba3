/** Stands in for n8n-workflow, which is not installed in the workspace; harness/ and e2e/ run with the real one. */

export const NodeConnectionTypes = { Main: 'main' } as const

interface Options {
  readonly message?: string
  readonly description?: string
  readonly httpCode?: string
  readonly itemIndex?: number
}

class NodeError extends Error {
  description: string | undefined
  context: Record<string, unknown> = {}

  constructor(message: string, { description, itemIndex }: Options) {
    super(message)
    this.description = description
    if (itemIndex !== undefined) this.context.itemIndex = itemIndex
  }
}

export class NodeApiError extends NodeError {
  override readonly name = 'NodeApiError'
  httpCode: string | null

  constructor(_node: unknown, response: { readonly message?: string }, options: Options = {}) {
    super(options.message ?? response.message ?? '', options)
    this.httpCode = options.httpCode ?? null
  }
}

export class NodeOperationError extends NodeError {
  override readonly name = 'NodeOperationError'

  constructor(_node: unknown, error: Error | string, options: Options = {}) {
    super(typeof error === 'string' ? error : error.message, options)
  }
}

/** Tests do not wait as long as a real n8n would. */
export async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20)))
}

/** In whole, up to a second: how long a node paces itself is tested. */
export async function sleepWithAbort(ms: number, abortSignal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms > 1_000 ? 20 : ms))
  abortSignal?.throwIfAborted()
}

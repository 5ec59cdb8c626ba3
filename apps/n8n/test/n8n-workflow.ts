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

let hurried = true

/** Tests do not wait as long as a real n8n would, unless they say so. */
export function hurry(on: boolean): void {
  hurried = on
}

export async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, hurried ? Math.min(ms, 20) : ms))
}

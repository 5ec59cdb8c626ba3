import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { GatewayId } from '../src/sessions/session.ts'
import type { Schema } from './sample.ts'

/** The successful answer of an operation, as the gateway's document describes it. */
export interface DescribedAnswer {
  readonly status: number
  /** Absent for an answer without a body. */
  readonly type?: string
  readonly schema?: Schema
}

/** A gateway's OpenAPI document, as far as answers are concerned. */
export interface AnswerDocument {
  /** The first successful answer of an operation; `undefined` for an id that the document lacks. */
  answer(id: string): DescribedAnswer | undefined
  /** The document's `components`, for validators. */
  readonly components: unknown
  /** What a `$ref` points to. @throws Error when it points nowhere */
  resolve(ref: string): Schema
}

type Node = Readonly<Record<string, unknown>>

/** Reads the OpenAPI document of a gateway. */
export function readDocument(gateway: GatewayId): AnswerDocument {
  const file = new URL(`../../${gateway}/openapi/${gateway}.openapi.yaml`, import.meta.url)
  const document = parse(readFileSync(file, 'utf8')) as Node
  const operations = new Map<string, Node>()
  for (const item of Object.values(document.paths as Record<string, Node>)) {
    for (const operation of Object.values(item)) {
      const { operationId } = (operation ?? {}) as Node
      if (typeof operationId === 'string') operations.set(operationId, operation as Node)
    }
  }

  function resolve(ref: string): Schema {
    const found = ref
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => (node as Node | undefined)?.[key.replace(/~1/g, '/').replace(/~0/g, '~')], document)
    if (typeof found !== 'object' || found === null) throw new Error(`${gateway}: nothing at ${ref}`)
    return found as Schema
  }

  return {
    components: document.components,
    resolve,
    answer(id) {
      const operation = operations.get(id)
      if (!operation) return undefined
      const responses = Object.entries((operation.responses ?? {}) as Record<string, Node>)
      const [code, given] = responses.find(([status]) => status.startsWith('2')) ?? ['200', {}]
      const response = typeof given.$ref === 'string' ? resolve(given.$ref) : given
      const [type, media] = Object.entries((response.content ?? {}) as Record<string, Node>)[0] ?? []
      const status = /^\d+$/.test(code) ? Number(code) : 200
      return type === undefined ? { status } : { status, type, schema: (media?.schema ?? {}) as Schema }
    },
  }
}

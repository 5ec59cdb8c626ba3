import type { Operation, OperationTable } from '@wamux/core'
import { exampleInput, type Input } from '@wamux/document-server'
import type { BudgetedGateway } from './gateways.ts'

/** What a program calls with: wamux's typed client, `call()` of a whole gateway, or plain openapi-fetch. */
export type Caller = 'client' | 'call' | 'openapi-fetch'

/** A program that calls every operation of a gateway once; whatever it calls with, `paths` and inputs are the same. */
export function callProgram(gateway: BudgetedGateway, caller: Caller, { operations }: OperationTable): string {
  const calls = Object.values(operations).map((operation) => `use((await ${callOf(caller, operation)}).data)`)
  return [...headOf(gateway, caller), 'declare function use(data: unknown): void', ...calls, ''].join('\n')
}

function headOf({ id, client, gateway, config }: BudgetedGateway, caller: Caller): string[] {
  if (caller === 'client') return [`import { ${client} } from '@wamux/${id}/client'`, `const client = ${client}(${config})`]
  if (caller === 'call') return [`import { ${gateway} } from '@wamux/${id}'`, `const gateway = ${gateway}(${config})`]
  return [
    `import createClient from 'openapi-fetch'`,
    `import type { paths } from '@wamux/${id}/client'`,
    `const client = createClient<paths>({ baseUrl: 'http://localhost:3000' })`,
  ]
}

function callOf(caller: Caller, operation: Operation): string {
  const input = exampleInput(operation, { fields: 'required' })
  if (caller === 'call') return `gateway.call('${operation.id}', ${literal(input)})`
  const init = initOf(operation, input)
  const rest = Object.keys(init).length > 0 ? `, ${literal(init)}` : ''
  return `client.${operation.method}('${operation.path}'${rest})`
}

// a name may stand for a parameter and a field of the body alike
function initOf({ parameters = [], body }: Operation, input: Input): Record<string, unknown> {
  const params: Record<string, Input> = {}
  for (const { name, in: place } of parameters) if (name in input) params[place] = { ...params[place], [name]: input[name] }
  const [kind] = body?.kinds ?? []
  const fields = kind?.fields?.filter(({ name }) => name in input)
  const content = fields ? Object.fromEntries(fields.map(({ name }) => [name, input[name]])) : input.body
  const sent = body?.required || (fields ? fields.length > 0 : content !== undefined)
  return { ...(Object.keys(params).length > 0 ? { params } : {}), ...(kind && sent ? { body: content } : {}) }
}

function literal(value: unknown): string {
  if (value instanceof Uint8Array) return 'new Blob()'
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}: ${literal(one)}`)
    .join(', ')} }`
}

import type { BudgetedGateway } from './gateways.ts'

/** A program that makes one call with the typed client alone. */
export function clientProgram({ id, client, config, read }: BudgetedGateway): string {
  return `import { ${client} } from '@wamux/${id}/client'
const client = ${client}(${config})
const { data } = await client.GET('${read}')
console.log(data)
`
}

/** A program that makes one call with the whole gateway: portable verbs, `call()`, `client` and all. */
export function gatewayProgram({ id, gateway, config, verb }: BudgetedGateway): string {
  return `import { ${gateway} } from '@wamux/${id}'
const gateway = ${gateway}(${config})
console.log(await gateway.${verb})
`
}

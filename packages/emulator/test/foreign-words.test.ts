import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { expect, it } from 'vitest'
import { openTestGateway } from '../src/index.ts'

const WORDS = ['constructor', '__proto__', 'toString', 'hasOwnProperty', '1@constructor', '1@__proto__']
const CREATE = { waha: createWaha, wawp: createWawp, warest: createWarest, sparkbot: createSparkbot } as const

it.each(Object.keys(CREATE) as (keyof typeof CREATE)[])('%s: a word that every object has stands for nothing in any input', async (id) => {
  const { config, close } = openTestGateway(id)
  const create = CREATE[id] as unknown as (config: object) => {
    operations(): Promise<{ operations: Record<string, { parameters?: object[]; body?: { kinds: { fields?: object[] }[] } }> }>
    call(id: string, input: object): Promise<unknown>
  }
  const gateway = create({ ...config, retry: { attempts: 1 } })
  const { operations } = await gateway.operations()
  let tried = 0
  const odd: string[] = []
  for (const [operation, { parameters = [], body }] of Object.entries(operations)) {
    const fields = [...parameters, ...(body?.kinds[0]?.fields ?? [])] as {
      name: string
      required?: true
      type: unknown
      enum?: unknown[]
    }[]
    const texts = fields.filter(({ type, required }) => type === 'string' && required)
    for (const word of texts.length > 0 ? WORDS : []) {
      tried++
      const input = Object.fromEntries(texts.map((field) => [field.name, field.enum?.[0] ?? word]))
      await gateway.call(operation, input).catch((error: { status?: number; vendorMessage?: string; body?: string }) => {
        if (error.status === 500 || /TypeError|Cannot read|is not a function/.test(`${error.vendorMessage} ${error.body}`)) {
          odd.push(`${operation} ${word}: ${error.status} ${error.vendorMessage ?? error.body}`)
        }
      })
    }
  }
  await close?.()
  expect(tried).toBeGreaterThan(100)
  expect(odd).toEqual([])
})

import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bundle, type StaticClosure } from '../src/bundle.ts'
import { gateways } from '../src/gateways.ts'
import { CLIENT_BYTES, GATEWAY_BYTES, WAWP_CLIENT_BYTES } from '../src/limits.ts'
import { clientProgram, gatewayProgram } from '../src/programs.ts'
import { tenfold } from '../src/tenfold.ts'

const GENERATED = /\/src\/generated\/(operations|schema)\.ts$/
/** All verbs but those of sessions, and what WAHA and Wawp make theirs from. */
const LAZY_VERBS = /\/(src\/capabilities\/(?!session)|engine\/src\/verbs\/)/

it('covers every plugin that there is', () => {
  const plugins = readdirSync(new URL('../../../packages', import.meta.url)).filter(
    (name) => !['codegen', 'core', 'emulator', 'engine', 'node-transport', 'outbox', 'testkit'].includes(name),
  )
  expect(gateways.map(({ id }) => id).sort()).toEqual(plugins.sort())
})

describe.each(gateways)('$id', (gateway) => {
  const programs = [
    { name: 'client alone', program: clientProgram(gateway), limit: gateway.id === 'wawp' ? WAWP_CLIENT_BYTES : CLIENT_BYTES },
    { name: 'whole gateway', program: gatewayProgram(gateway), limit: GATEWAY_BYTES },
  ]

  describe.each(programs)('$name', ({ name, program, limit }) => {
    it('stays within its budget', async () => {
      const closure = await bundle(program)
      console.log(`${gateway.id}, ${name}: ${closure.gzipBytes} of ${limit} bytes (${closure.minifiedBytes} before gzip)`)
      expect(closure.gzipBytes, sharesOf(closure)).toBeLessThanOrEqual(limit)
    })

    it('stays within it as it is published, where one file holds many sources', async () => {
      const closure = await bundle(program, [], 'published')
      console.log(`${gateway.id}, ${name}, published: ${closure.gzipBytes} of ${limit} bytes (${closure.minifiedBytes} before gzip)`)
      expect(closure.gzipBytes, sharesOf(closure)).toBeLessThanOrEqual(limit)
    })

    it('loads the operation table on demand only, and no schema', async () => {
      const { sources, lazySources } = await bundle(program)
      expect(sources.map(({ path }) => path).filter((path) => GENERATED.test(path))).toEqual([])
      expect(lazySources.filter((path) => GENERATED.test(path))).toEqual([`packages/${gateway.id}/src/generated/operations.ts`])
    })

    it('loads the verbs of a namespace on demand only, and none of a gateway of another kind', async () => {
      const { sources, lazySources } = await bundle(program)
      expect(sources.map(({ path }) => path).filter((path) => LAZY_VERBS.test(path))).toEqual([])
      const runsEngine = ['waha', 'wawp'].includes(gateway.id) && name === 'whole gateway'
      expect(lazySources.some((path) => path.includes('/engine/src/verbs/'))).toBe(runsEngine)
    })

    it('loads policies and events on demand only', async () => {
      const { sources, lazySources } = await bundle(program)
      const core = (paths: readonly string[]) => paths.filter((path) => /^packages\/core\/src\/(policies|events)\//.test(path))
      // a gateway has its event bus at once, so that a webhook can publish before anybody subscribes
      const expected = name === 'whole gateway' ? ['packages/core/src/events/event-bus.ts'] : []
      expect(core(sources.filter(({ bytes }) => bytes > 0).map(({ path }) => path))).toEqual(expected)
      expect(core(lazySources)).toContain('packages/core/src/policies/observer.ts')
    })

    it('does not grow with the number of operations', async () => {
      const [now, larger] = await Promise.all([bundle(program), bundle(program, [tenfold])])
      expect(larger.lazyBytes).toBeGreaterThan(now.lazyBytes * 3)
      expect(larger.sources).toEqual(now.sources)
      // the short names in the chunks' import lines depend on how often each letter occurs in the whole bundle
      expect(Math.abs(larger.minifiedBytes - now.minifiedBytes)).toBeLessThanOrEqual(32)
    })
  })
})

// what to look at when a budget is missed
function sharesOf({ sources }: StaticClosure): string {
  const shares = sources.filter(({ bytes }) => bytes > 0).map(({ path, bytes }) => `${bytes} ${path}`)
  return `minified bytes by source:\n${shares.join('\n')}\n`
}

import { type Gateway, type Operation, requireVerb, supports, type VerbId, verbIds } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { operationsAt } from '../../context/matching.ts'
import { answersOf } from '../../recording/recording.ts'
import { CANARY, endingOf } from '../../running/call-verb.ts'
import { placesOf } from '../../running/leaks.ts'
import { type Fixtures, samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

/** The manifest and the operation table agree with what the gateway object has. */
export function contractGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { manifest, check } = context
  describe('contract', () => {
    it('has a manifest that is plain data and complete', async () => {
      const { contract, id, name, packageName, factory, about, docs, api, sessionTerm, credentials, capabilities } = manifest
      check('manifest as JSON', JSON.parse(JSON.stringify(manifest)), manifest)
      check('contract', [contract, context.subject.plugin.contract], [1, 1])
      check('id', /^[a-z][a-z0-9-]*$/.test(id), true)
      check('factory', /^create[A-Z]\w*$/.test(factory), true)
      const texts = { name, packageName, about, docs, version: api.version, sessionTerm }
      check('empty texts', emptyNames(texts), [])
      check('docs', URL.canParse(docs), true)
      check('default base URL', api.defaultBaseUrl === undefined || URL.canParse(api.defaultBaseUrl), true)
      check('number of credentials', credentials.length > 0, true)
      for (const { field, label, env, secret, required } of credentials) {
        check('a credential', emptyNames({ field, label, env }), [])
        check(`${field}, its environment variable`, env, `WAMUX_${constantCase(id)}_${constantCase(field)}`)
        check(`${field}, secret and required`, [typeof secret, typeof required], ['boolean', 'boolean'])
      }
      const supports = Object.entries(capabilities).filter(([, support]) => support !== 'native' && support !== 'composed')
      check('capabilities that are neither native nor composed', supports, [])
    })

    it('has exactly the verbs that its manifest names', async () => {
      const { gateway } = context.scripted()
      check('manifest of the gateway', gateway.manifest, manifest)
      check('contract of the gateway', gateway.contract, 1)
      check('verbs', verbsOf(gateway).sort(), Object.keys(manifest.capabilities).sort())
      check('verbs that the vocabulary lacks', withoutKnown(Object.keys(manifest.capabilities)), [])
      check('a look at one session', context.has('session.get'), true)
    })

    it('supports and demands the same verbs', async () => {
      const { gateway } = context.scripted()
      for (const id of verbIds()) {
        const has = context.has(id)
        check(`supports ${id}`, supports(gateway, id), has)
        const { outcome } = await endingOf(() => requireVerb(gateway, id))
        check(`demand ${id}`, outcome, has ? 'ok' : 'unsupported')
      }
    })

    it('has an operation table that fits its verbs', async () => {
      const table = await context.scripted().gateway.operations()
      const resources = new Set(table.resources.map(({ name }) => name))
      const operations = Object.entries(table.operations)
      check('operations there are', operations.length > 0, true)
      check(
        'operations under another id',
        namesWhere(operations, ([key, { id }]) => key !== id),
        [],
      )
      check(
        'operations without a resource',
        namesWhere(operations, ([, { resource }]) => !resources.has(resource)),
        [],
      )
      const named = new Set(operations.flatMap(([, { capability }]) => capability ?? []))
      // a table may name verbs that the vocabulary does not have yet
      const claimed = verbIds().filter((id) => named.has(id) && !context.has(id))
      check('verbs that the table has and the manifest lacks', claimed, [])
      check(
        'capabilities that cannot be verbs',
        [...named].filter((id) => !/^[a-z]\w*\.[a-z]\w*$/.test(id)),
        [],
      )
      const native = Object.entries(manifest.capabilities).filter(([, support]) => support === 'native')
      check(
        'native verbs without an operation',
        native.map(([id]) => id).filter((id) => !named.has(id)),
        [],
      )
    })

    for (const id of nativeVerbs(context)) {
      it(`performs ${id} by the operation of that name`, async () => {
        const recording = await context.recording(id)
        const { gateway, requests } = context.scripted(answersOf(recording))
        const { outcome } = await endingOf(() => callSample(gateway, id, recording.fixtures))
        check(`outcome of ${id}`, outcome, 'ok')
        const table = await gateway.operations()
        const named = requests.flatMap((request) => operationsAt(table, request)).map(({ capability }) => capability)
        check(`its operation among ${requests.map(({ method, url }) => `${method} ${url}`).join(', ')}`, named.includes(id), true)
      })
    }

    it('does not show its secrets', async () => {
      const { gateway } = context.scripted()
      check('places of a secret in the gateway', placesOf(CANARY, gateway), [])
    })
  })
}

function callSample(gateway: Gateway, id: VerbId, fixtures: Fixtures): Promise<unknown> {
  const verb = requireVerb(gateway, id) as (input: object) => Promise<unknown>
  return verb(samples[id].input(fixtures))
}

function nativeVerbs({ manifest }: SuiteContext): VerbId[] {
  return verbIds().filter((id) => manifest.capabilities[id] === 'native')
}

function verbsOf(gateway: Gateway): string[] {
  const parts = Object.entries(gateway).filter(([name, part]) => !['manifest', 'client', 'events'].includes(name) && isRecord(part))
  return parts.flatMap(([namespace, part]) => functionNames(part as object).map((name) => `${namespace}.${name}`))
}

function functionNames(part: object): string[] {
  return Object.entries(part).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function emptyNames(texts: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(texts).flatMap(([name, text]) => (typeof text === 'string' && text.trim() !== '' ? [] : [name]))
}

function withoutKnown(ids: readonly string[]): string[] {
  const known: readonly string[] = verbIds()
  return ids.filter((id) => !known.includes(id))
}

function namesWhere(operations: readonly [string, Operation][], test: (entry: [string, Operation]) => boolean): string[] {
  return operations.filter(test).map(([key]) => key)
}

// apiKey: API_KEY
function constantCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase()
}

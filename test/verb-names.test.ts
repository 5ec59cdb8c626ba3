import { describe, expect, it } from 'vitest'
import { verbs } from '../packages/core/src/vocabulary/verb-facts.ts'
import { nodesOf, type SyntaxNode, sources } from './syntax.ts'
import { read } from './workspace.ts'

const NAMES = new Set<string>([...Object.values(verbs).flat(), 'send', 'set'])
const IDS = Object.entries(verbs).flatMap(([namespace, names]) => names.map((name) => `${namespace}.${name}`))
const AFFIX_METHODS = ['endsWith', 'startsWith']

/** Every place where code tells verbs apart by a part of their name, instead of by a table that has each of them. */
function patternsOverVerbs(code: string): string[] {
  return [...nodesOf(code)].flatMap((node) => {
    const text = regularExpressionOf(node) ?? affixOf(node)
    return text === undefined ? [] : [text]
  })
}

// a pattern with the name of a verb as one of its words: /^(create|update)$/, /\.get$/
function regularExpressionOf({ type, regex }: SyntaxNode): string | undefined {
  if (type !== 'Literal' || !regex) return undefined
  const { pattern } = regex as { readonly pattern: string }
  const words = pattern.replace(/\\[a-zA-Z]/g, ' ').split(/[^a-zA-Z]+/)
  return words.some((word) => NAMES.has(word)) ? `/${pattern}/` : undefined
}

// operation.endsWith('.get'), operation.startsWith('message.send')
function affixOf({ type, callee, arguments: given }: SyntaxNode): string | undefined {
  if (type !== 'CallExpression') return undefined
  const method = (callee as { readonly property?: { readonly name?: string } }).property?.name
  const [first] = given as readonly { readonly value?: unknown }[]
  if (!method || !AFFIX_METHODS.includes(method) || typeof first?.value !== 'string') return undefined
  const affix = first.value
  const fits = (id: string) => affix.includes('.') && (method === 'endsWith' ? id.endsWith(affix) : id.startsWith(affix))
  return IDS.some(fits) ? `${method}('${affix}')` : undefined
}

describe('verbs are told apart by tables', () => {
  it.each([
    ['/^(create|update|delete)$/.test(name)', ['/^(create|update|delete)$/']],
    ['/\\.(get|about)$/.test(operation)', ['/\\.(get|about)$/']],
    ['/\\.send/.test(operation)', ['/\\.send/']],
    ["operation.endsWith('.get')", ["endsWith('.get')"]],
    ["operation.startsWith('message.send')", ["startsWith('message.send')"]],
    ["/^(GET|DELETE)$/i.test(method) && type.startsWith('text/')", []],
  ])('%s', (code, found) => expect(patternsOverVerbs(code)).toEqual(found))

  // other rooms of core match words of gateways and types of events, some of which are also words of verbs
  it('in the rooms that handle verbs no pattern is matched against their names', () => {
    const checked = sources.filter((file) =>
      /^packages\/(core\/src\/(gateway|operations|policies|verbs|vocabulary)|engine\/src)\//.test(file),
    )
    expect(checked.length).toBeGreaterThan(80)
    expect(checked.flatMap((file) => patternsOverVerbs(read(file)).map((found) => `${file}: ${found}`))).toEqual([])
  })
})

import { expect, it } from 'vitest'
import { nodesOf, type SyntaxNode, sources } from './syntax.ts'
import { read } from './workspace.ts'

/** Functions that take any number of values, so that a list is easily given to them as arguments. */
const TAKE_MANY = ['push', 'unshift', 'splice', 'max', 'min', 'fromCharCode', 'fromCodePoint', 'concat', 'hypot']

/** Lists that we make ourselves, or that have an end. */
const KNOWN: readonly string[] = [
  // 32,768 bytes at a time
  'packages/core/src/verbs/media.ts',
  // three or four numbers
  'packages/core/src/errors/nearest-word.ts',
  'packages/node-transport/src/ticker.ts',
  // what the suite itself made, or an emulator
  'packages/testkit/src/samples/files.ts',
  'packages/testkit/src/groups/contract/evidence.ts',
  'packages/testkit/src/context/matching.ts',
]

function spreads(code: string): number[] {
  return [...nodesOf(code)].flatMap((node) => {
    if (node.type !== 'CallExpression') return []
    const { property } = node.callee as { property?: { name?: string } }
    const spread = (node.arguments as SyntaxNode[]).some(({ type }) => type === 'SpreadElement')
    return spread && TAKE_MANY.includes(property?.name ?? '') ? [node.loc.start.line] : []
  })
}

it('gives no list to a function as its arguments: 150,000 of them end the process', () => {
  const found = sources.filter((file) => !KNOWN.includes(file)).flatMap((file) => spreads(read(file)).map((line) => `${file}:${line}`))
  expect(found).toEqual([])
})

it('sees such calls', () => {
  expect(spreads('a.push(...b)\nf(...b)\nMath.max(0, ...b.map(c));\n[...a]\na.push(b)')).toEqual([1, 3])
})

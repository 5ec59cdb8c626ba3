import type { ServedRequest } from '@wamux/document-server'
import type { Item } from '../engine/n8n-types.ts'

/** What is wrong with what a node gave for its input items, by what the gateway had answered. */
export function outputProblems(output: readonly Item[], answers: readonly ServedRequest[], limited: boolean): string[] {
  const unpaired = output.filter(({ pairedItem }) => pairedItemOf(pairedItem) === undefined)
  if (unpaired.length > 0) return [`${unpaired.length} of ${output.length} items are not paired with an input item`]
  return answers.flatMap((answer, index) => {
    const items = output.filter(({ pairedItem }) => pairedItemOf(pairedItem) === index)
    return itemProblems(items, answer.answer.data, limited).map((problem) => `item ${index}: ${problem}`)
  })
}

export function pairedItemOf(pairedItem: unknown): number | undefined {
  if (typeof pairedItem === 'number') return pairedItem
  const { item } = (pairedItem ?? {}) as { item?: unknown }
  return typeof item === 'number' ? item : undefined
}

function itemProblems(items: readonly Item[], answered: unknown, limited: boolean): string[] {
  if (Array.isArray(answered)) {
    const expected = limited ? Math.min(answered.length, 50) : answered.length
    return items.length === expected ? jsonProblems(items) : [`gave ${items.length} items, the gateway listed ${answered.length}`]
  }
  if (items.length === 0) return ['gave nothing']
  if (answered instanceof Uint8Array) return fileProblems(items, answered)
  return jsonProblems(items)
}

function fileProblems(items: readonly Item[], bytes: Uint8Array): string[] {
  const files = items.flatMap(({ binary }) => Object.values(binary ?? {}))
  const same = files.some(({ data }) => Buffer.from(data, 'base64').equals(bytes))
  return same ? [] : [`the gateway answered with a file, and there is ${files.length === 0 ? 'no file' : 'another one'} in the output`]
}

function jsonProblems(items: readonly Item[]): string[] {
  return items.flatMap(({ json }) => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return ['json is no object']
    return Object.keys(json).length === 0 ? ['json is empty'] : []
  })
}

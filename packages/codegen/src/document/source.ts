import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import { isRecord, type Json, record } from './json.ts'

/** Something in a document that breaks a rule. */
export interface Finding {
  readonly line: number
  readonly message: string
}

/** Where a value stands in a document: keys and list positions from the root. */
export type Place = readonly (string | number)[]

/** Records that something at a place breaks a rule. */
export type Report = (place: Place, message: string) => void

/** A parsed OpenAPI document that still knows its lines. */
export interface Source {
  readonly data: Json
  /** The line of the key (or list item) at a place, or of the nearest thing around it. */
  line(place: Place): number
  /** The value a `$ref` points at, or undefined when there is none. */
  resolve(ref: string): unknown
}

/** A document, or what stops it from being read. */
export type Reading = { readonly source: Source; readonly findings: readonly Finding[] } | { readonly findings: readonly Finding[] }

/** Parses the text of a document and reports YAML faults, anchors, aliases and merge keys. */
export function readSource(yaml: string): Reading {
  const lines = new LineCounter()
  const parsed = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): number => lines.linePos(offset).line
  const faults = [...parsed.errors, ...parsed.warnings].map((fault) => ({ line: at(fault.pos[0]), message: `YAML: ${fault.message}` }))
  if (faults.length > 0) return { findings: faults }
  const findings = findReuse(parsed, at)
  const data: unknown = parsed.toJS()
  if (!isRecord(data)) return { findings: [{ line: 1, message: 'the document is not a mapping' }] }
  const source: Source = { data, line: (place) => lineOf(parsed, place, at), resolve: (ref) => resolvePointer(data, ref) }
  return { source, findings }
}

function findReuse(parsed: Document, at: (offset: number) => number): Finding[] {
  const findings: Finding[] = []
  visit(parsed, (_key, node) => {
    if (isPair(node)) {
      if (isScalar(node.key) && node.key.value === '<<') {
        findings.push({ line: at(node.key.range?.[0] ?? 0), message: 'merge keys are not used here: reuse goes through $ref' })
      }
    } else if (isAlias(node)) {
      findings.push({ line: at(node.range?.[0] ?? 0), message: `alias *${node.source}: reuse goes through $ref` })
    } else if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
      findings.push({ line: at(node.range?.[0] ?? 0), message: `anchor &${node.anchor}: reuse goes through $ref` })
    }
  })
  return findings
}

function lineOf(parsed: Document, place: Place, at: (offset: number) => number): number {
  let node: unknown = parsed.contents
  let offset = 0
  for (const step of place) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      if (pair === undefined) break
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      if (!isScalar(node) && !isMap(node) && !isSeq(node)) break
      offset = node.range?.[0] ?? offset
    } else {
      break
    }
  }
  return at(offset)
}

/** The value a `$ref` points at within a document. */
export function resolvePointer(data: Json, ref: string): unknown {
  if (!ref.startsWith('#/')) return undefined
  const steps = ref
    .slice(2)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  let node: unknown = data
  for (const step of steps) node = Array.isArray(node) ? node[Number(step)] : record(node)[step]
  return node
}

import { verbAudience, verbSafety } from '@wamux/core'
import { type Json, text } from '../document/json.ts'
import { AUDIENCES, type DeclaredOperation, operationsOf, SAFETIES } from '../document/operations.ts'
import type { Place, Report, Source } from '../document/source.ts'
import { secretAnswerOf } from '../shapes/secrets.ts'
import { SAME_MEANING, WIDER } from './same-meaning.ts'

type Facts = Readonly<Record<'safety' | 'audience', string>>

const KNOWN: Readonly<Record<keyof Facts, readonly string[]>> = { safety: SAFETIES, audience: AUDIENCES }
const VERSION = /^\d+(\.\d+)+$/

/** Rules of what repeating an operation does and of who is touched: both are told, and are the same wherever the meaning is the same. */
export function checkFacts(source: Source, report: Report): void {
  for (const operation of operationsOf(source)) {
    const { data, place, variants } = operation
    if (data['x-wamux-audience'] === undefined) report(place, 'x-wamux-audience is missing')
    checkSecretAnswer(source, operation, report)
    checkSince(data, place, report)
    for (const action of variants.length > 0 ? variants : [operation]) {
      checkAudience(action.data, action.place, report)
      checkMeaning(data, action.data, action.place, report)
    }
    if (variants.length > 0) checkAudience(data, place, report)
  }
}

function checkAudience(data: Json, place: Place, report: Report): void {
  const audience = data['x-wamux-audience']
  if (audience === undefined || AUDIENCES.some((known) => known === audience)) return
  report([...place, 'x-wamux-audience'], `x-wamux-audience is ${AUDIENCES.join(', ')}, not ${String(audience)}`)
}

function checkSecretAnswer(source: Source, operation: DeclaredOperation, report: Report): void {
  const { data, place } = operation
  if (!secretAnswerOf(source, operation).secretAnswer || data['x-wamux-audience'] === 'access') return
  report(place, 'the whole answer is secret: x-wamux-audience is access')
}

function checkSince(data: Json, place: Place, report: Report): void {
  const since = data['x-wamux-since']
  if (since === undefined || (typeof since === 'string' && VERSION.test(since))) return
  report([...place, 'x-wamux-since'], `x-wamux-since is a version such as 2026.8.2, not ${String(since)}`)
}

function checkMeaning(operation: Json, action: Json, place: Place, report: Report): void {
  const id = String(action.operationId)
  const told: Facts = { safety: factOf(operation, action, 'safety'), audience: factOf(operation, action, 'audience') }
  const verb = text(action['x-wamux-capability'])
  const wanted = factsOfVerb(verb) ?? factsOfId(id)
  if (wanted === undefined) return
  const of = verb === undefined ? 'operations of this meaning' : `the verb ${verb}`
  for (const fact of ['safety', 'audience'] as const) {
    const allowed = Object.hasOwn(WIDER, id) ? WIDER[id]?.[fact] : undefined
    const isKnown = KNOWN[fact].some((known) => known === told[fact])
    if (!isKnown || told[fact] === wanted[fact] || told[fact] === allowed) continue
    const key = `x-wamux-${fact}`
    report(action[key] === undefined ? place : [...place, key], `${key} of ${of} is ${wanted[fact]}, not ${told[fact]}`)
  }
}

function factOf(operation: Json, action: Json, fact: keyof Facts): string {
  const key = `x-wamux-${fact}`
  return text(action[key] ?? operation[key]) ?? ''
}

function factsOfVerb(verb: string | undefined): Facts | undefined {
  if (verb === undefined || !Object.hasOwn(verbSafety, verb)) return undefined
  const id = verb as keyof typeof verbSafety
  return { safety: verbSafety[id], audience: verbAudience[id] }
}

function factsOfId(id: string): Facts | undefined {
  const [safety, audience] = SAME_MEANING.find(([, , ids]) => ids.split(' ').includes(id)) ?? []
  return safety === undefined || audience === undefined ? undefined : { safety, audience }
}

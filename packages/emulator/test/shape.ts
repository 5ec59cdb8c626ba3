import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Answered } from './caller.ts'

/** An answer of a real server, and what it answered to. */
export interface Recorded {
  readonly request: { readonly method: string; readonly path: string; readonly body?: Record<string, unknown> }
  readonly status: number
  readonly contentType: string | null
  readonly body: unknown
}

/** Recorded answers of a gateway by name. @throws Error for a name that is not there */
export function recordings(gateway: 'waha' | 'warest'): (name: string) => Recorded {
  const all = JSON.parse(readFileSync(new URL(`fixtures/${gateway}.json`, import.meta.url), 'utf8')) as Record<string, Recorded>
  return (name) => {
    const recorded = all[name]
    if (!recorded) throw new Error(`no recording ${name}`)
    return recorded
  }
}

/** Same status, content type, keys and types as a real server's answer. @param extra paths that may be there on top */
export function expectLike(actual: Answered, recorded: Recorded, extra: readonly string[] = []): void {
  expect(actual.status).toBe(recorded.status)
  expect(actual.type).toBe(recorded.contentType)
  const seen = shapeOf(actual.body)
  for (const path of extra) seen.delete(path)
  expect([...seen].sort()).toEqual([...shapeOf(recorded.body)].sort())
}

/** The same, to the letter. */
export function expectSame(actual: Answered, recorded: Recorded): void {
  expect(actual).toEqual({ status: recorded.status, type: recorded.contentType, body: recorded.body })
}

// `me.id:string` for every leaf; items of a list count as one
function shapeOf(value: unknown, path = ''): Set<string> {
  if (Array.isArray(value)) return new Set(value.length === 0 ? [`${path}[]`] : value.flatMap((item) => [...shapeOf(item, `${path}[]`)]))
  if (typeof value !== 'object' || value === null) return new Set([`${path}:${value === null ? 'null' : typeof value}`])
  const entries = Object.entries(value)
  if (entries.length === 0) return new Set([`${path}{}`])
  return new Set(entries.flatMap(([key, item]) => [...shapeOf(item, path === '' ? key : `${path}.${key}`)]))
}

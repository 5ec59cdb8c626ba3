import type { Operation, OperationTable } from '@wamux/core'
import { type SeenRequest, STUB_URL } from '../recording/stub-gateway.ts'

/** The operations of a table that a request to the stubbed gateway may be: several where only the body tells them apart. */
export function operationsAt(table: OperationTable, { method, url }: SeenRequest): Operation[] {
  const parts = segmentsOf(url)
  const all = Object.values(table.operations).filter(
    (one) => one.method === method || one.alternateMethods?.some((also) => also === method),
  )
  const fitting = all.filter((one) => fits(one.path.split('/').slice(1), parts))
  const fewest = Math.min(...fitting.map(parameters))
  // `/sessions/start` before `/sessions/{session}`
  return fitting.filter((one) => parameters(one) === fewest)
}

/** The decoded path segments of a URL below the base URL, after all that a URL parser does to dots. */
export function segmentsOf(url: string): string[] {
  const { pathname } = new URL(url)
  const base = new URL(STUB_URL).pathname
  if (!pathname.startsWith(`${base}/`)) return [`outside of ${base}: ${pathname}`]
  return pathname
    .slice(base.length + 1)
    .split('/')
    .map(decodeURIComponent)
}

function fits(template: readonly string[], parts: readonly string[]): boolean {
  return template.length === parts.length && template.every((segment, index) => segment.startsWith('{') || segment === parts[index])
}

function parameters({ path }: Operation): number {
  return path.split('{').length - 1
}

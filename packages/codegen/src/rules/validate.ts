import { record } from '../document/json.ts'
import type { Finding, Report, Source } from '../document/source.ts'
import { checkFacts } from './check-facts.ts'
import { checkNodes } from './check-nodes.ts'
import { checkOperations } from './check-operations.ts'
import { checkShared } from './check-shared.ts'

/** Everything in a document that breaks a rule of docs/openapi-documents.md, by line. */
export function validate(source: Source): Finding[] {
  const findings = new Map<string, Finding>()
  const report: Report = (place, message) => {
    const line = source.line(place)
    findings.set(`${line} ${message}`, { line, message })
  }
  if (!String(source.data.openapi).startsWith('3.1')) report(['openapi'], 'the document is not OpenAPI 3.1')
  if (Object.keys(record(source.data.paths)).length === 0) report(['paths'], 'the document has no paths')
  checkNodes(source, report)
  checkOperations(source, report)
  checkShared(source, report)
  checkFacts(source, report)
  return [...findings.values()].toSorted((one, other) => one.line - other.line)
}

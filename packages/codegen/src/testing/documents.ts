import { readFileSync } from 'node:fs'
import { readSource, type Source } from '../document/source.ts'

/** The document that the tests are made of: it breaks no rule and has one of everything. */
export const LAMP: string = readFileSync(new URL('../../fixtures/openapi/lamp.openapi.yaml', import.meta.url), 'utf8')

/** Parses a document that can be read. */
export function sourceOf(yaml: string): Source {
  const reading = readSource(yaml)
  if (!('source' in reading)) throw new Error(reading.findings.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  return reading.source
}

/** A document around one operation `things.make` with this body schema (YAML in flow style). */
export function documentWithBody(schema: string, components = '{}'): string {
  return `openapi: 3.1.0
info: { title: Small, version: 1.0.0 }
tags: [{ name: things }]
paths:
  /things:
    post:
      operationId: things.make
      tags: [things]
      summary: Make
      description: Makes a thing.
      x-wamux-safety: create
      x-wamux-audience: nobody
      x-wamux-evidence: verified
      requestBody: { content: { application/json: { schema: ${schema} } } }
      responses: { '201': { description: The thing. } }
components: { schemas: ${components} }
`
}

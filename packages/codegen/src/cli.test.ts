import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { run } from './cli.ts'

let root: string
let lamp: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'codegen-'))
  lamp = join(root, 'packages', 'lamp')
  writeFileSync(join(root, 'pnpm-workspace.yaml'), '')
  cpSync(fileURLToPath(new URL('../fixtures', import.meta.url)), lamp, { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true }))

/** One run with its exit code and lines. */
async function ran(...args: string[]): Promise<{ code: number; lines: string[]; errors: string[] }> {
  const lines: string[] = []
  const errors: string[] = []
  const code = await run(args, { log: (line) => lines.push(line), error: (line) => errors.push(line) })
  return { code, lines, errors }
}

function edit(path: string, from: string, to: string): void {
  const before = readFileSync(join(lamp, path), 'utf8')
  expect(before).toContain(from)
  writeFileSync(join(lamp, path), before.replace(from, to))
}

it('writes four files, and nothing the second time', async () => {
  expect(await ran(lamp)).toEqual({
    code: 0,
    lines: ['lamp: 7 operations, 2 resources, wrote schema.ts, operations.ts, routes.ts, native-verbs.ts, answering-verbs.ts'],
    errors: [],
  })
  const written = statSync(join(lamp, 'src/generated/schema.ts')).mtimeMs
  expect(await ran(lamp)).toEqual({ code: 0, lines: ['lamp: 7 operations, 2 resources, up to date'], errors: [] })
  expect(statSync(join(lamp, 'src/generated/schema.ts')).mtimeMs).toBe(written)
})

it('--check is content with what was generated', async () => {
  await ran(lamp)
  expect(await ran(lamp, '--check')).toEqual({ code: 0, lines: ['lamp: 7 operations, 2 resources, up to date'], errors: [] })
})

it('--check names file and first differing line, and writes nothing', async () => {
  await ran(lamp)
  edit('src/generated/operations.ts', `label: 'Sessions'`, `label: 'Lessons'`)
  expect(await ran('--check', lamp)).toEqual({
    code: 1,
    lines: [],
    errors: [
      [
        'packages/lamp/src/generated/operations.ts:6: differs from what lamp.openapi.yaml gives, run wamux-codegen to write it anew',
        `  committed: { name: 'sessions', label: 'Lessons', about: 'Start and stop sessions.' },`,
        `  generated: { name: 'sessions', label: 'Sessions', about: 'Start and stop sessions.' },`,
      ].join('\n'),
    ],
  })
  expect(readFileSync(join(lamp, 'src/generated/operations.ts'), 'utf8')).toContain('Lessons')
})

it('--check sees a change of the document and what was never generated', async () => {
  expect((await ran(lamp, '--check')).errors).toHaveLength(5)
  await ran(lamp)
  edit('openapi/lamp.openapi.yaml', 'x-wamux-safety: create', 'x-wamux-safety: send')
  const { code, errors } = await ran(lamp, '--check')
  expect(code).toBe(1)
  expect(errors.map((line) => line.split(':')[0])).toEqual([
    'packages/lamp/src/generated/operations.ts',
    'packages/lamp/src/generated/routes.ts',
  ])
})

it('reports findings with the place of the document', async () => {
  edit('openapi/lamp.openapi.yaml', 'x-wamux-safety: converge', 'x-wamux-safety: tidy')
  const line = readFileSync(join(lamp, 'openapi/lamp.openapi.yaml'), 'utf8').split('tidy')[0]?.split('\n').length
  expect(await ran(lamp)).toEqual({
    code: 1,
    lines: [],
    errors: [`packages/lamp/openapi/lamp.openapi.yaml:${line}: x-wamux-safety is read, converge, create, send, danger, not tidy`],
  })
})

it('--manifest writes the built manifest as JSON, and says what is missing', async () => {
  expect(await ran(lamp, '--manifest')).toMatchObject({ code: 1, errors: [expect.stringContaining('Build the plugin first')] })
  mkdirSync(join(lamp, 'dist'))
  writeFileSync(join(lamp, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(lamp, 'dist/manifest.js'), "export const manifest = { id: 'lamp' }")
  expect(await ran(lamp, '--manifest')).toEqual({ code: 0, lines: ['lamp: wrote dist/manifest.json'], errors: [] })
  expect(JSON.parse(readFileSync(join(lamp, 'dist/manifest.json'), 'utf8'))).toEqual({ id: 'lamp' })
})

it('wants one package with one document', async () => {
  expect(await ran(lamp, '--fix')).toMatchObject({ code: 2, errors: expect.arrayContaining(['wamux-codegen does not know "--fix"']) })
  expect(await ran('--fix')).toMatchObject({ code: 2, errors: expect.arrayContaining(['wamux-codegen does not know "--fix"']) })
  expect(await ran('--version')).toEqual({ code: 0, lines: [expect.stringMatching(/^\d+\.\d+\.\d+/)], errors: [] })
  expect(await ran('--help')).toMatchObject({
    code: 0,
    lines: expect.arrayContaining(['usage: wamux-codegen [folder] [--check | --manifest]']),
  })
  expect(await ran(root)).toMatchObject({ code: 1, errors: [expect.stringContaining('found 0')] })
  cpSync(join(lamp, 'openapi/lamp.openapi.yaml'), join(lamp, 'openapi/other.openapi.yaml'))
  expect(await ran(lamp)).toMatchObject({
    code: 1,
    errors: ['packages/lamp/openapi: one <gateway>.openapi.yaml is expected here, found 2'],
  })
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { installedDocument } from '../src/commands/spec/installed-document.ts'
import { readSource } from '../src/commands/spec/read-document.ts'
import { runSpecDiff, type SpecDiffRun } from '../src/commands/spec/run.ts'
import { UsageError } from '../src/errors/usage-error.ts'
import type { Result } from '../src/output/result.ts'
import { paintFor } from '../src/terminal/terminal.ts'
import { invoke } from './in-process.ts'
import { ownPlugins } from './own-plugins.ts'

const OURS = 'openapi: 3.1.0\ninfo: { title: Ours, version: 1.0.0 }\npaths: { /ping: { get: {} } }\n'
const SAME = '{"openapi":"3.0.0","info":{"title":"Theirs","version":"2"},"paths":{"/ping":{"get":{}}}}'
const MORE =
  'swagger: "2.0"\npaths: { /ping: { get: { parameters: [{ name: deep, in: query, type: string, enum: [a, b] }] } }, /new: { post: {} } }\n'

let folder: string
let server: Server
let origin: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wamux-spec-'))
  server = createServer((request, response) => {
    const redirect = (location: string) => response.writeHead(302, { location }).end()
    if (request.url?.startsWith('/same.json')) response.end(SAME)
    else if (request.url === '/moved') redirect('/same.json')
    else if (request.url === '/elsewhere') redirect('http://example.invalid/same.json')
    else if (request.url === '/round') redirect('/round')
    else if (request.url === '/slow') response.write(' ')
    else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

async function run(against: string, more: Partial<SpecDiffRun> & { known?: string } = {}) {
  const given: Result[] = []
  const code = await runSpecDiff({
    gateway: 'waha',
    against,
    all: false,
    plugins: ownPlugins,
    paint: paintFor({ write: () => true }, {}),
    columns: 80,
    printResult: async (result) => void given.push(result),
    document: async () => ({
      ours: { name: 'ours', text: OURS },
      known: more.known === undefined ? undefined : { name: 'known', text: more.known },
    }),
    ...more,
  })
  const [result] = given
  return { code, text: String(await result?.text()), data: result?.data }
}

async function file(text: string): Promise<string> {
  const path = join(folder, 'theirs.yaml')
  await writeFile(path, text)
  return path
}

it('answers 0 when nothing differs', async () => {
  const path = await file(SAME)
  expect(await run(path)).toMatchObject({
    code: 0,
    text: `Ours 1.0.0 here, Theirs 2 in ${path}\n\nNo differences in operations, parameters, enums.\n`,
  })
})

it('answers 1 and groups what differs', async () => {
  const { code, text } = await run(await file(MORE))
  expect(code).toBe(1)
  expect(text.split('\n').slice(2)).toEqual([
    'Added: the vendor has it, we do not',
    '  GET /ping',
    '    parameter   query deep  string',
    '  POST /new',
    '',
    '2 added, 0 removed, 0 changed in operations, parameters, enums.',
    '',
  ])
})

it('answers 0 when all is known, and lists it with --all', async () => {
  const known = `- { operation: GET /ping, kind: parameter, name: deep, reason: Read by nobody. }
- { operation: POST /new, kind: operation, reason: A trap. }
- { operation: GET /x, kind: enum, reason: Not there. }`
  const path = await file(MORE)
  const short = await run(path, { known })
  expect(short).toMatchObject({ code: 0, text: expect.stringContaining('2 known and explained (--all lists them)') })
  expect(short.text).not.toContain('Read by nobody.')
  const { text } = await run(path, { known, all: true })
  expect(text).toContain('Known: Read by nobody.\n  GET /ping\n    parameter   query deep  string\n')
  expect(text).toContain('Known: A trap.\n  POST /new\n')
  expect(text).toContain('not found in this document\n  GET /x: enum\n')
})

it('gives everything as data', async () => {
  const { code, data } = await run(await file(MORE), { only: ['operations'] })
  expect(code).toBe(1)
  expect(data).toMatchObject({
    gateway: 'waha',
    same: false,
    only: ['operations'],
    added: [{ change: 'added', kind: 'operation', operation: 'POST /new' }],
    removed: [],
    changed: [],
    known: [],
  })
})

it('keeps within 80 columns', async () => {
  const values = Array.from({ length: 40 }, (_, index) => `value-${index}`)
  const schema = { type: 'string', enum: values }
  const parameters = [{ name: 'a.very.long.name.of.a.parameter.that.goes.on', in: 'query', schema }]
  const theirs = JSON.stringify({ openapi: '3.1.0', paths: { '/ping': { get: { parameters } } } })
  const ours = JSON.stringify({
    openapi: '3.1.0',
    paths: { '/ping': { get: { parameters: [{ ...parameters[0], schema: { enum: ['value-0'] } }] } } },
  })
  const { text } = await run(await file(theirs), { document: async () => ({ ours: { name: 'ours', text: ours }, known: undefined }) })
  expect(text).toContain('value-39')
  expect(
    Math.max(
      ...text
        .split('\n')
        .slice(1)
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(80)
})

it('reads an address, also one that moved on the same host', async () => {
  expect((await run(`${origin}/same.json?token=hidden`)).text).toContain(`in ${origin}/same.json\n`)
  expect(await run(`${origin}/moved`)).toMatchObject({ code: 0 })
})

it.each([
  ['a file that is not there', () => join(folder, 'none.json'), /there is no such file/],
  ['an answer that is none', () => `${origin}/none`, /answers HTTP 404/],
  ['another host', () => `${origin}/elsewhere`, /redirects to another host, example.invalid/],
  ['a circle', () => `${origin}/round`, /redirects more than 5 times/],
  ['nobody there', () => 'http://127.0.0.1:1/x', /cannot be reached/],
  ['another protocol', () => 'ftp://example.com/x', /takes a file or an http/],
  ['an address with a password', () => 'https://user:secret@example.com/x', /without user and password/],
])('refuses %s', async (_, against, message) => {
  const failure = await run(against()).catch((error: unknown) => error)
  // a UsageError is exit code 2
  expect(failure).toBeInstanceOf(UsageError)
  expect((failure as UsageError).message).toMatch(message)
  expect((failure as UsageError).message).not.toContain('secret')
})

it('stops at its limits', async () => {
  await expect(readSource(`${origin}/same.json`, { maxBytes: 10 })).rejects.toThrow(/is larger than/)
  await expect(readSource(await file(SAME), { maxBytes: 10 })).rejects.toThrow(/is larger than/)
  await expect(readSource(`${origin}/slow`, { timeout: 50 })).rejects.toThrow(/gave no answer within 1 s/)
  await expect(readSource(`${origin}/slow`, { signal: AbortSignal.abort() })).rejects.not.toBeInstanceOf(UsageError)
})

it('finds the documents of installed plugins, with their known differences', async () => {
  for (const gateway of ['waha', 'wawp', 'warest', 'sparkbot']) {
    const { ours, known } = await installedDocument(gateway, ownPlugins)
    expect(ours.text).toMatch(/^openapi: 3\.1\.0$/m)
    expect(known?.text).toMatch(/^# Differences from the vendor's document/)
  }
  await expect(installedDocument('no-such-gateway', ownPlugins)).rejects.toThrow(
    'The plugin wamux-plugin-no-such-gateway is not installed.',
  )
})

it('reads a document behind a password, and shows it nowhere', async () => {
  const login = `Basic ${Buffer.from('admin:spec-secret').toString('base64')}`
  const guarded = createServer((request, response) => {
    const known = request.headers.authorization === login
    response.writeHead(known ? 200 : 401, known ? {} : { 'www-authenticate': 'Basic' }).end(known ? SAME : '')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => guarded.once('listening', resolve))
  const url = `http://127.0.0.1:${(guarded.address() as AddressInfo).port}/-json`
  const diff = (env: Readonly<Record<string, string>>, ...flags: string[]) =>
    invoke(['spec', 'diff', 'waha', '--against', url, '--only', 'operations', '--json', ...flags], { env })
  try {
    const given = await diff({ WAMUX_SPEC_PASSWORD: 'spec-secret' }, '--user', 'admin')
    expect(JSON.parse(given.stdout)).toMatchObject({ gateway: 'waha' })
    expect((await diff({ WAMUX_SPEC_USER: 'admin', WAMUX_SPEC_PASSWORD: 'spec-secret' })).stdout).toBe(given.stdout)
    const wrong = await diff({ WAMUX_SPEC_PASSWORD: 'wrong-secret' }, '--user', 'admin')
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('HTTP 401') })
    const none = await diff({})
    expect(none).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('WAMUX_SPEC_PASSWORD') })
    for (const { stdout, stderr } of [given, wrong, none]) expect(stdout + stderr).not.toMatch(/spec-secret|wrong-secret|Basic /)
  } finally {
    guarded.close().closeAllConnections()
  }
})

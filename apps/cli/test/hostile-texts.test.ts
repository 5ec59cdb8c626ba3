import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EchoServer, serveEcho } from './echo-server.ts'
import { testHostileTexts } from './hostile-texts.ts'
import { invoke } from './in-process.ts'

testHostileTexts(false)

let gateway: EchoServer
let env: Record<string, string>
beforeAll(async () => {
  gateway = await serveEcho()
  env = { WAMUX_WAHA_BASE_URL: gateway.url, WAMUX_WAHA_API_KEY: 'own-key' }
})
afterAll(() => gateway.close())

describe('cells that a spreadsheet calculates', () => {
  const FORMULAS = [
    '=1+1',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '=cmd|"/c calc"!A0',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '=HYPERLINK("https://evil.example")',
  ]

  it.each(FORMULAS)('are no formula any more: %j', async (text) => {
    gateway.answer = () => ({ body: [{ [text]: text, safe: 'a=b', number: -5, negative: '5-3' }] })
    const csv = async (...flags: string[]) =>
      (await invoke(['api', 'GET', '/x', '--output', 'csv', ...flags, '--gateway', 'waha'], { env })).stdout
    const quoted = (cell: string) => (/[",\r\n]|^\s/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
    expect(await csv()).toBe(`${quoted(`'${text}`)},safe,number,negative\r\n${quoted(`'${text}`)},a=b,-5,5-3\r\n`)
    expect(await csv('--csv-raw')).toBe(`${quoted(text)},safe,number,negative\r\n${quoted(text)},a=b,-5,5-3\r\n`)
  })

  it('--csv-raw is in help, and goes with csv only', async () => {
    expect((await invoke(['session', 'list', '--help'])).stdout).toContain('--csv-raw')
    expect((await invoke(['help', 'output'])).stdout).toContain('--csv-raw')
    expect((await invoke(['session', 'list', '--json', '--csv-raw'], { env })).code).toBe(2)
  })
})

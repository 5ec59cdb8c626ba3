import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type EchoServer, serveEcho } from './echo-server.ts'
import { invoke } from './in-process.ts'

/** What a terminal obeys: colours, titles, links, cursor and clipboard, 8-bit forms, and marks that turn text around. */
const HOSTILE: Readonly<Record<string, string>> = {
  colour: '\x1b[31mred',
  conceal: '\x1b[8mhidden',
  title: '\x1b]0;pwned\x07',
  link: '\x1b]8;;https://evil.example\x1b\\text\x1b]8;;\x1b\\',
  clipboard: '\x1b]52;c;ZXZpbA==\x07',
  cursor: '\x1b[5A\r\x1b[J',
  reset: '\x1bc',
  'eight bit': '\x9b31m\x9d0;x\x9c',
  backspaces: 'safe\b\b\b\bevil',
  'carriage return': 'safe\revil',
  'vertical tab': 'a\x0b\x0cb',
  'line separators': 'a\u2028b\u2029c',
  override: 'a\u202Egnp.exe',
  isolates: '\u2066a\u2067b\u2068c\u2069',
  'direction marks': 'a\u200eb\u200fc\u061cd',
  'zero byte': 'a\0b',
  delete: 'a\x7fb',
  'tag characters': 'a\u{e0001}\u{e0068}\u{e0069}\u{e007f}b',
  'deprecated marks': 'a\u206a\u206b\u206fb',
  'interlinear marks': 'a\ufff9b\ufffac\ufffbd',
}
const OBEYED = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u206f\u200e\u200f\u061c\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
const OWN_COLOURS = new RegExp(`${'\x1b'}\\[(?:0|1|2|22|31|32|33|36|39)m`, 'g')
/** What is left of a text that a terminal would obey, besides line breaks, tabs and wamux's own colours. */
const obeyed = (text: string) =>
  text
    .replace(OWN_COLOURS, '')
    .match(OBEYED)
    ?.filter((one) => one !== '\n' && one !== '\t') ?? []
const SHOWINGS: readonly (readonly string[])[] = [
  [],
  ['--json'],
  ['--output', 'ndjson'],
  ['--output', 'csv'],
  ['--output', 'csv', '--csv-raw'],
  ['--output', 'yaml'],
  ['--jq', '.. | strings'],
  ['--jq', '.'],
  ['--include'],
  ['--verbose'],
  ['--verbose', '--no-color'],
  ['--json=nothing,text'],
]

/**
 * Tests that nothing which a gateway or a person writes does anything to a terminal.
 *
 * @param every all answers and commands with each text, or one of three
 */
export function testHostileTexts(every: boolean): void {
  const some = <Item>(list: readonly Item[], turn: number) => (every ? list : list.filter((_, index) => (index + turn) % 3 === 0))

  let gateway: EchoServer
  let env: Record<string, string>
  beforeAll(async () => {
    gateway = await serveEcho()
    env = { WAMUX_WAHA_BASE_URL: gateway.url, WAMUX_WAHA_API_KEY: 'own-key' }
  })
  afterAll(() => gateway.close())

  function answersWith(text: string): void {
    gateway.answer = ({ url }) => ({
      status: Number(new URL(url, 'http://x').searchParams.get('status') ?? 200),
      headers: { 'x-text': encodeURI(text), 'x-raw': text.replace(/[^\x20-\x7e\x80-\xff]/g, '') },
      body: { text, message: text, error: text, [text]: text, list: [text, { [text]: text }], sessions: [{ name: text, status: text }] },
    })
  }

  describe.each(Object.entries(HOSTILE).map((one, turn) => [...one, turn] as const))('text of a gateway with %s', (_name, text, turn) => {
    it.each(SHOWINGS)('does nothing to a terminal: %s %s %s', async (...flags) => {
      const shift = SHOWINGS.findIndex((one) => one.join() === flags.join())
      answersWith(text)
      for (const path of some(['/x', '/x?status=400', '/x?status=500'], turn + shift)) {
        const { stdout, stderr } = await invoke(['api', 'GET', path, ...flags, '--gateway', 'waha'], { env, columns: 80 })
        expect(obeyed(stdout), `stdout ${path}`).toEqual([])
        expect(obeyed(stderr), `stderr ${path}`).toEqual([])
        expect(stdout + stderr).not.toBe('')
      }
    })

    it('does nothing to a terminal when it is a plain text or a list', async () => {
      const bodies = [text, [text, text], [{ name: text, status: text, me: { id: text, pushName: text } }]]
      const commands = [
        ['api', 'GET', '/x'],
        ['session', 'list'],
        ['waha', 'sessions', 'list'],
        ['doctor'],
        ['session', 'list', '--verbose'],
      ]
      for (const [shift, body] of bodies.entries()) {
        gateway.answer = () => ({ body })
        for (const args of some(commands, turn + shift)) {
          const { stdout, stderr } = await invoke([...args, '--gateway', 'waha'], { env, columns: 80 })
          expect(obeyed(stdout + stderr), args.join(' ')).toEqual([])
        }
      }
    })

    it('does nothing when somebody typed it: errors and questions', async () => {
      const typed = [[text], ['session', text], ['waha', text], ['session', 'stop', 'x', `--${text}`], ['api', text, '/x'], ['help', text]]
      for (const args of some(typed, turn)) {
        const { stdout, stderr } = await invoke(args, { env, columns: 80 })
        expect(obeyed(stdout + stderr), args.join(' ')).toEqual([])
      }
    })

    it('goes into files whole, and escaped where the format can', async () => {
      gateway.answer = () => ({ body: [{ text }] })
      const run = async (...flags: string[]) => (await invoke(['api', 'GET', '/x', ...flags, '--gateway', 'waha'], { env })).stdout
      for (const flags of [['--json'], ['--output', 'ndjson'], ['--jq', '.']]) {
        const json = await run(...flags)
        expect(obeyed(json)).toEqual([])
        expect([JSON.parse(json)].flat()).toEqual([{ text }])
      }
      const yaml = await run('--output', 'yaml')
      expect(obeyed(yaml)).toEqual([])
      expect(parse(yaml)).toEqual([{ text }])
      const csv = await run('--output', 'csv')
      const [, cell = ''] = /^text\r\n(?:"((?:[^"]|"")*)"|[^"\r\n]*)\r\n$/.exec(csv) ?? []
      expect(cell === '' ? csv.slice('text\r\n'.length, -2) : cell.replaceAll('""', '"')).toBe(text)
    })
  })
}

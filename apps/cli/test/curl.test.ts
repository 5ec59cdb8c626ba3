import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeholder } from '../src/request/captured-request.ts'
import { invoke } from './in-process.ts'

const env = {
  WAMUX_WAHA_API_KEY: 'the-real-key',
  WAMUX_WAHA_BASE_URL: 'http://127.0.0.1:1',
  WAMUX_WAREST_API_KEY: 'the-real-key',
  WAMUX_WAREST_BASE_URL: 'http://127.0.0.1:1',
}
let folder: string
const file = (name: string) => join(folder, name)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-curl-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** One word of a shell command, and the variables in it that the shell fills in. */
interface Word {
  readonly text: string
  readonly variables: readonly string[]
}

/** The words of a POSIX shell command with single quotes, and variables in double quotes. */
function wordsOf(command: string): Word[] {
  const words: Word[] = []
  for (const [word] of command.replaceAll('\\\n', ' ').matchAll(/(?:'[^']*'|"\$\w+"|\\'|[^\s'"\\])+/g)) {
    const parts = [...word.matchAll(/'([^']*)'|"\$(\w+)"|\\(')|([^'"\\]+)/g)]
    const variables = parts.flatMap(([, , variable]) => variable ?? [])
    words.push({
      text: parts.map(([, quoted, variable, quote, bare]) => quoted ?? (variable ? `<${variable}>` : (quote ?? bare ?? ''))).join(''),
      variables,
    })
  }
  return words
}

/** The values of an option of curl. */
const valuesOf = (words: readonly Word[], option: string) =>
  words.flatMap((word, index) => (words[index - 1]?.text === option ? [word] : []))

const TEXTS = [
  '@/etc/passwd',
  '</etc/passwd',
  'hi;type=text/html',
  '@',
  '<',
  "it's",
  '$(id)',
  '`id`',
  '"$HOME"',
  'a\nb',
  '-F x=@/etc/passwd',
  '[a-z]{1,2}',
]

describe('wamux … --curl', () => {
  it.each(TEXTS)('sends a text of a form as it is, and reads no file for it: %j', async (text) => {
    writeFileSync(file('p.png'), 'x')
    const args = ['warest', 'messages', 'send-media', '--session-id', 's1', '--to', '12025550143@c.us', '--media', file('p.png')]
    const { code, stdout, stderr } = await invoke([...args, `--caption=${text}`, '--curl'], { env })
    expect({ code, stderr }).toEqual({ code: 0, stderr })
    const words = wordsOf(stdout)
    expect(valuesOf(words, '--form-string').map((word) => word.text)).toContain(`caption=${text}`)
    expect(valuesOf(words, '-F').map((word) => word.text)).toEqual(['media=@"p.png"'])
    expect(words[0]?.text).toBe('curl')
  })

  it.each(['a;type=text.png', 'a,b.png', 'a"b.png', 'a\\b.png', "it's.png", '@x.png'])('names a file that is called %j', async (name) => {
    writeFileSync(file(name), 'x')
    const args = ['warest', 'messages', 'send-media', '--session-id', 's1', '--to', '12025550143@c.us', '--media', file(name), '--curl']
    const { stdout } = await invoke(args, { env })
    const [form] = valuesOf(wordsOf(stdout), '-F')
    expect(form?.text).toBe(`media=@"${name.replace(/["\\]/g, '\\$&')}"`)
  })

  it.each([
    'WAMUX-SECRET-WAMUX-WAHA-API-KEY',
    '[WAMUX_WAHA_API_KEY]',
    '%5BWAMUX_WAHA_API_KEY%5D',
    '$WAMUX_WAHA_API_KEY',
    '"$WAMUX_WAHA_API_KEY"',
    `'"$WAMUX_WAHA_API_KEY"'`,
    '<WAMUX_WAHA_API_KEY>',
  ])('takes no text for a secret: %j', async (text) => {
    const { stdout } = await invoke(['message', 'send-text', 'default', '12025550143@c.us', text, '--gateway', 'waha', '--curl'], { env })
    const words = wordsOf(stdout)
    const [body] = valuesOf(words, '--data-raw')
    expect(JSON.parse(body?.text ?? '')).toMatchObject({ text })
    expect(body?.variables).toEqual([])
    // the key is taken from its variable in one place, the header
    expect(words.flatMap(({ variables }) => variables)).toEqual(['WAMUX_WAHA_API_KEY'])
    const query = await invoke(['api', 'GET', '/x', '--query', `q=${text}`, '--gateway', 'waha', '--curl'], { env })
    const [, , , url] = wordsOf(query.stdout)
    expect(url?.variables).toEqual([])
    expect(decodeURIComponent(new URL(url?.text ?? '').search)).toBe(`?q=${text}`)
    const dry = await invoke(['message', 'send-text', 'default', '12025550143@c.us', text, '--gateway', 'waha', '--dry-run', '--json'], {
      env,
    })
    expect(JSON.parse(dry.stdout)).toMatchObject({ body: { text }, headers: { 'x-api-key': '[WAMUX_WAHA_API_KEY]' } })
  })

  it('has placeholders that nobody can guess', () => {
    const made = placeholder('WAMUX_WAHA_API_KEY')
    expect(made).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-4/)
    expect(encodeURIComponent(made)).toBe(made)
    expect(JSON.stringify(made)).toBe(`"${made}"`)
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type VerbId, verbIds } from '@wamux/core'
import { manifest as sparkbot } from '@wamux/sparkbot/manifest'
import { manifest as waha } from '@wamux/waha/manifest'
import { manifest as warest } from '@wamux/warest/manifest'
import { manifest as wawp } from '@wamux/wawp/manifest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kebabCase } from '../src/command/case.ts'
import { commands } from '../src/router/registry.ts'
import { invoke } from './in-process.ts'

const MANIFESTS = [waha, wawp, warest, sparkbot]
const FILES = ['photo.jpg', 'clip.mp4', 'song.mp3', 'note.ogg', 'cat.webp', 'invoice.pdf', 'lunch.jpg', 'logo.jpg']
let folder: string
let file: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-verbs-'))
  file = join(folder, 'photo.jpg')
  for (const name of FILES) writeFileSync(join(folder, name), 'not really one')
  writeFileSync(join(folder, 'hook.key'), 'hook-secret\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** An example as words, with a file that is there and an id that every gateway takes. */
function wordsOf(example: string, session: string): string[] {
  const line = example.replace(/^.*\|\s*(?=wamux)/, '').replace(/ >.*$/, '')
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)]
    .map(([, single, double, bare]) => single ?? double ?? bare ?? '')
    .slice(1)
    .map((word) => (FILES.includes(word) ? join(folder, word) : word === 'default' || word === '6526b8a5a5a5a5a5a5a5a5a5' ? session : word))
    .map((word) => (word === '@hook.key' ? `@${join(folder, 'hook.key')}` : word === '@settings.json' ? '{}' : word))
}

describe('every verb', () => {
  it.each(verbIds().map((id) => [id]))('%s makes a request out of its examples, on every gateway that has it', async (id: VerbId) => {
    const [namespace = '', name = ''] = id.split('.')
    const group = await commands[namespace]?.load()
    const command = group?.commands[kebabCase(name)]
    const having = MANIFESTS.filter(({ capabilities }) => id in capabilities)
    expect(having.length).toBeGreaterThan(0)
    const problems: string[] = []
    for (const example of command?.examples ?? []) {
      let made = 0
      for (const { id: gateway } of having) {
        const words = wordsOf(example, gateway === 'sparkbot' ? '6526b8a5a5a5a5a5a5a5a5a5' : 'default')
        const line = [
          ...words.filter(
            (word, index) => !/^--(json|jq|output|gateway)/.test(word) && !/^--(jq|output|gateway)$/.test(words[index - 1] ?? ''),
          ),
          '--gateway',
          gateway,
        ]
        const { code, stdout, stderr } = await invoke([...line, '--dry-run', '--json'], { stdin: 'text from stdin\n' })
        if (code === 0) made += 1
        // not every gateway can do what an example shows: a file, a key, how long
        else if (!/"kind":"(unsupported|invalid_request)"/.test(stderr)) problems.push(`${line.join(' ')}: ${code} ${stderr}`)
        if (code === 0) expect(JSON.parse(stdout)).toMatchObject({ method: expect.any(String), url: expect.stringMatching(/^http/) })
        expect(stdout).not.toContain('hook-secret')
      }
      if (made === 0) problems.push(`on no gateway: ${example}`)
    }
    expect(problems).toEqual([])
  })
})

describe('what is given', () => {
  const dry = async (...args: string[]) => {
    const { code, stdout, stderr } = await invoke([...args, '--gateway', 'waha', '--dry-run', '--json'])
    return code === 0 ? (JSON.parse(stdout) as { body?: unknown; url: string }) : stderr
  }

  it('may be a file, an address, or bytes from a pipe', async () => {
    expect(await dry('message', 'send-image', 's', '+4915112345678', file)).toMatchObject({
      body: { file: { filename: 'photo.jpg', mimetype: 'image/jpeg' } },
    })
    expect(await dry('message', 'send-image', 's', '+4915112345678', '--url', 'https://example.com/a.png')).toMatchObject({
      body: { file: { url: 'https://example.com/a.png' } },
    })
    expect(
      await dry('message', 'send-document', 's', '+4915112345678', file, '--filename', 'x.pdf', '--mimetype', 'application/pdf'),
    ).toMatchObject({
      body: { file: { filename: 'x.pdf', mimetype: 'application/pdf' } },
    })
  })

  it.each([
    [['message', 'send-image', 's', '+4915112345678'], '<file> is missing'],
    [['message', 'send-image', 's', '+4915112345678', 'a.jpg', '--url', 'https://x'], 'not both'],
    [['message', 'send-location', 's', '+4915112345678', 'north', '1'], '<latitude> has to be a number'],
    [['group', 'set-locked', 's', 'x@g.us', 'maybe'], 'on or off'],
    [['presence', 'set', 's', 'here'], 'one of online, offline'],
    [['webhook', 'create', 's', 'https://example.com', '--secret', 'in-the-open'], 'command lines are seen by others'],
    [['message', 'send-contact', 's', '+4915112345678', '--contact', 'Ada'], 'is no contact'],
    [['session', 'update', 's', '[1]'], 'has to be a JSON object'],
    [['message', 'pin', 's', '+4915112345678', 'ID', '--for', 'long'], '--for takes a time'],
  ])('%j is refused', async (args, words) => {
    expect(await dry(...args)).toContain(words)
  })

  it('can be a number below zero in its place', async () => {
    expect(await dry('message', 'send-location', 's', '+4915112345678', '-33.8568', '-.5')).toMatchObject({
      body: { latitude: -33.8568, longitude: -0.5 },
    })
  })

  it('switches off what is on by default', async () => {
    expect(await dry('message', 'star', 's', '+4915112345678', 'ID', '--off')).toMatchObject({ body: { star: false } })
    expect(await dry('message', 'star', 's', '+4915112345678', 'ID')).toMatchObject({ body: { star: true } })
  })
})

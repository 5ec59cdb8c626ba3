import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSources } from './read-sources.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-sources-'))
  writeFileSync(join(folder, 'good.json'), '\ufeff{"a":1}')
  writeFileSync(join(folder, 'bad.json'), '{"apiKey": secret-in-a-file}')
  writeFileSync(join(folder, 'cut.json'), '{"apiKey":"secret-in-a-file"')
  writeFileSync(join(folder, 'photo.bin'), Buffer.from([0, 1, 255]))
})
afterAll(() => rmSync(folder, { recursive: true }))

const piped = (text: string) => createSources({ stdin: new PassThrough().end(text) })

describe('what the command line only names', () => {
  it('is read from files and stdin', async () => {
    expect(await piped('').json('{"a":1}')).toEqual({ a: 1 })
    expect(await piped('').json(`@${join(folder, 'good.json')}`)).toEqual({ a: 1 })
    expect(await piped('[1]\n').json('-')).toEqual([1])
    expect(await piped('two\nlines\r\n').stdin()).toBe('two\nlines')
    expect([...(await piped('').bytes(join(folder, 'photo.bin')))]).toEqual([0, 1, 255])
    const file = await piped('').file(join(folder, 'photo.bin'))
    expect([file.name, file.size]).toEqual(['photo.bin', 3])
  })

  it('is text in UTF-8, or in UTF-16 with its mark, and refused in another encoding', async () => {
    const file = join(folder, 'text.txt')
    const written = (data: string | Buffer) => {
      writeFileSync(file, data)
      return piped('').text(file)
    }
    for (const data of ['Jürgen 😀\n', '\ufeffJürgen 😀\n', Buffer.from('\ufeffJürgen 😀\n', 'utf16le')])
      expect(await written(data)).toBe('Jürgen 😀\n')
    const latin = Buffer.from('"J\u00fcrgen"', 'latin1')
    await expect(written(latin)).rejects.toMatchObject({ name: 'UsageError', message: `${file} is no text in UTF-8.` })
    await expect(piped('').json(`@${file}`)).rejects.toThrow('is no text in UTF-8')
    await expect(createSources({ stdin: new PassThrough().end(latin) }).stdin()).rejects.toThrow('stdin is no text in UTF-8')
  })

  it('is read once', async () => {
    const sources = piped('text')
    await sources.stdin()
    await expect(sources.stdin()).rejects.toThrow('Only one value can come from stdin.')
  })

  it('is not waited for where nothing is piped in', async () => {
    await expect(createSources({ stdin: Object.assign(new PassThrough(), { isTTY: true }) }).stdin()).rejects.toThrow('nothing is piped in')
  })

  it.each(['bad.json', 'cut.json', 'none.json'])('is named when it cannot be read, and not quoted: %s', async (name) => {
    const error: Error = await piped('')
      .json(`@${join(folder, name)}`)
      .then(() => new Error('none'))
      .catch((one) => one)
    expect(error).toMatchObject({ name: 'UsageError', message: expect.stringContaining(name) })
    expect(error.message).not.toContain('secret-in')
    await expect(piped('').json('{"apiKey":secret-in-a-flag}')).rejects.toThrow(/^The value is no JSON: [^"]*$/)
  })
})

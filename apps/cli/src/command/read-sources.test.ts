import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentTypeOf, createSources } from './read-sources.ts'

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

  it('has the type of its name, otherwise of its content', async () => {
    const typed = async (name: string, data: string) => {
      writeFileSync(join(folder, name), Buffer.from(data, 'latin1'))
      return (await piped('').file(join(folder, name))).type
    }
    expect(await typed('photo', '\u00ff\u00d8\u00ff\u00e0')).toBe('image/jpeg')
    expect(await typed('photo.png', '\u00ff\u00d8\u00ff\u00e0')).toBe('image/png')
    expect(await typed('photo.xyz', '\u0089PNG\r\n')).toBe('image/png')
    expect(await typed('notes', 'text')).toBe('')
    const told = (data: string) => contentTypeOf(Buffer.from(data, 'latin1'))
    expect(told('RIFF1234WEBPVP8 ')).toBe('image/webp')
    expect(told('\0\0\0\u0018ftypmp42')).toBe('video/mp4')
    expect(told('\0\0\0\u0018ftypheic')).toBe(undefined)
    expect(told(`OggS${'\0'.repeat(24)}OpusHead`)).toBe('audio/ogg; codecs=opus')
    expect(told('\u00ff\u00fb\u0090')).toBe('audio/mpeg')
    expect(told('%PDF-1.7')).toBe('application/pdf')
    for (const nothing of ['', 'PK\u0003\u0004', 'hello', '\u00ff']) expect(told(nothing)).toBe(undefined)
  })

  it('is told in words when it cannot be read, and shows no secret of an address', async () => {
    const refused = async (path: string) => {
      const { message, hint } = await piped('')
        .bytes(path)
        .then(
          () => ({ message: '', hint: '' }),
          (error) => error,
        )
      return `${message} ${hint}`
    }
    expect(await refused(join(folder, 'nothing'))).toContain('There is no such file.')
    expect(await refused(folder)).toContain('It is a folder.')
    expect(await refused(`data:image/png;base64,${'A'.repeat(70_000)}`)).toBe(
      'A data URL is given, and a file is expected. Give - and pipe the bytes in.',
    )
    expect(await refused('file:///tmp/a.png')).toContain('without file://')
    expect(await refused('https://me:canary@x.test/a?key=canary#canary')).toMatch(/^https:\/\/x\.test\/a is an address/)
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

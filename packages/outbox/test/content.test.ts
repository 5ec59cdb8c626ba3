import { expect, it } from 'vitest'
import { type CsvOptions, createMemoryStore, importCsv, previewCsv, readTemplate } from '../src/index.ts'
import { openScene } from './scene.ts'

const open = (text: string) =>
  async function* () {
    // in pieces that end within a row
    for (let at = 0; at < text.length; at += 7) yield text.slice(at, at + 7)
  }

const LIST = 'phone,name,id\n+12025551001,Ann,1\n"+1 (202) 555-1002","Bo, junior",2\n'
const OPTIONS: CsvOptions = { text: 'Hello {name}', key: 'order-{id}', list: 'may' }

it('renders a row per message', async () => {
  expect(await previewCsv(open(`\uFEFF${LIST}`), OPTIONS)).toEqual([
    { to: '+12025551001', text: 'Hello Ann', key: 'order-1', list: 'may' },
    { to: '+12025551002', text: 'Hello Bo, junior', key: 'order-2', list: 'may' },
  ])
  expect(await previewCsv(open(LIST), { ...OPTIONS, file: 'https://example.com/{id}.pdf', as: 'document' }, 1)).toMatchObject([
    { file: { url: 'https://example.com/1.pdf' }, as: 'document' },
  ])
})

it('imports the same file once', async () => {
  const { outbox } = await openScene({ store: createMemoryStore() })
  expect(await importCsv(outbox, open(LIST), OPTIONS)).toEqual({ rows: 2, added: 2, known: 0 })
  expect(await importCsv(outbox, open(LIST), OPTIONS)).toEqual({ rows: 2, added: 0, known: 2 })
})

it.each([
  ['a column that is not there', LIST, { text: 'Hi {first}' }, 'expected the column "first"'],
  ['a template without an end', LIST, { text: 'Hi {name' }, 'expected {name} at character 4'],
  ['no text and no file', LIST, {}, 'expected a text or a file'],
  ['an empty value', `${LIST}+12025551003,,3\n`, OPTIONS, 'row 4: name: expected a value for {name}'],
  ['a wrong number', `${LIST}nobody,Cy,3\n`, OPTIONS, 'row 4: to: expected an E.164 number'],
  ['a row that is too short', `${LIST}+12025551003\n`, OPTIONS, 'csv: line 4 has 1 value, and the header 3'],
  ['a quote without an end', `${LIST}"+12025551003,Cy,3\n`, OPTIONS, 'csv: the quote that begins on line 4 has no end'],
  ['a file without a header', '', OPTIONS, 'the file is empty'],
  ['a file of empty lines', '\n\r\n\n', OPTIONS, 'the file is empty'],
  ['a column that is there twice', 'phone,phone\n1,2\n', { text: 'Hi' }, '"phone" is there twice'],
])('refuses %s before anything is added', async (_what, list, options, message) => {
  let added = 0
  const outbox = { add: async () => ({ added: ++added, known: 0 }) }
  await expect(importCsv(outbox, open(list), options)).rejects.toMatchObject({
    kind: 'invalid_request',
    message: expect.stringContaining(message),
  })
  expect(added).toBe(0)
})

it.each([',', ';', '\t'])('takes %j between values, and leaves the others as text', async (separator) => {
  const others = [',', ';', '\t'].filter((one) => one !== separator)
  const list = [
    ['phone', 'name', '"a,b;c\td"'],
    ['+12025551001', `"x${separator}y"`, others.join('')],
    ['+12025551002', 'z', '1'],
  ]
  for (const end of ['\n', '\r\n']) {
    const csv = `${end}${list.map((row) => row.join(separator)).join(end)}${end}`
    const seen = await previewCsv(open(csv), { text: '{name} {a,b;c\td}' })
    expect(seen.map(({ text }) => text)).toEqual([`x${separator}y ${others.join('')}`, 'z 1'])
  }
})

it('reads UTF-8 and UTF-16, and refuses what would be sent as broken letters', async () => {
  const csv = 'phone,name\n+4915112345678,Jürgen 😀\n'
  const inPieces = (bytes: Uint8Array) =>
    async function* () {
      // 3 bytes: some pieces end within a letter
      for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3)
    }
  for (const bytes of [Buffer.from(csv), Buffer.from(`\ufeff${csv}`), Buffer.from(`\ufeff${csv}`, 'utf16le')]) {
    expect(await previewCsv(inPieces(bytes), { text: '{name}' })).toEqual([{ to: '+4915112345678', text: 'Jürgen 😀' }])
  }
  const latin = inPieces(Buffer.from('phone,name\n+4915112345678,J\u00fcrgen\n', 'latin1'))
  await expect(previewCsv(latin, { text: '{name}' })).rejects.toMatchObject({
    kind: 'invalid_request',
    message: expect.stringContaining('expected UTF-8'),
  })
})

it('names all wrong rows at once', async () => {
  const rows = Array.from({ length: 30 }, () => 'x,,1').join('\n')
  const failure = importCsv({ add: async () => ({ added: 0, known: 0 }) }, open(`phone,name,id\n${rows}`), OPTIONS)
  await expect(failure).rejects.toMatchObject({
    message: expect.stringMatching(/^row 2: /),
    hint: expect.stringMatching(/^Also wrong: row 3: .*row 21: .* Rows below were not looked at\. Nothing was added\./),
  })
})

it.each([
  ['{{a}} {b}', { b: '{c}' }, '{a} {c}'],
  ['no place', {}, 'no place'],
  ['{ b }{b}', { b: 'x' }, 'xx'],
  ['{constructor}', { constructor: 'own' }, 'own'],
])('fills %j', (text, values, filled) => {
  expect(readTemplate(text).fill(values as Record<string, string>)).toBe(filled)
})

it.each(['{', '}', '{}', 'a } b', '{a{b}}', '{toString}'])('refuses %j', (text) => {
  expect(() => readTemplate(text).fill({})).toThrow(/expected/)
})

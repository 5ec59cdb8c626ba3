import { describe, expect, it } from 'vitest'
import { paintFor } from '../terminal/terminal.ts'
import { csvText } from './csv.ts'
import { at, pickFields } from './fields.ts'
import { compileFilter } from './jq.ts'
import { type OutputFlags, parseOutputOptions } from './output-options.ts'
import { plainDataText } from './plain-data.ts'
import { render } from './render.ts'
import { yamlText } from './yaml.ts'

const plain = paintFor({ write() {} }, {})
const DATA = [
  { id: 1, name: 'a "quoted", text', tags: ['x', 'y'], raw: { secret: 1 } },
  { id: 2, name: 'ä\nb', empty: null },
]

describe('csv', () => {
  it('is what RFC 4180 wants, without the answer of the gateway', () => {
    expect(csvText(DATA)).toBe('id,name,tags,empty\r\n1,"a ""quoted"", text","[""x"",""y""]",\r\n2,"ä\nb",,\r\n')
  })

  it('is a column of its own for what is no object', () => {
    expect(csvText(['a', 1, null])).toBe('a\r\n1\r\n\r\n')
    expect(csvText([])).toBe('')
  })
})

describe('fields', () => {
  it('lead further in by dots, and a name with a dot is meant first', () => {
    expect(at({ me: { phone: '+49' } }, 'me.phone')).toBe('+49')
    expect(at({ 'me.phone': 1, me: { phone: 2 } }, 'me.phone')).toBe(1)
    expect(at({ me: null }, 'me.phone')).toBeUndefined()
    expect(at({}, 'constructor')).toBeUndefined()
    expect(pickFields({ a: 1 }, ['a', 'b'])).toEqual({ a: 1, b: null })
  })
})

describe('a filter', () => {
  it.each([
    ['.[] | .id', [1, 2]],
    ['map(select(.id > 1)) | length', [1]],
    ['.[0].tags | join("+")', ['x+y']],
    ['.[] | [.id, .name] | @csv', ['1,"a ""quoted"", text"', '2,"ä\nb"']],
    ['def twice: . * 2; .[0].id | twice', [2]],
  ])('%s', (filter, result) => {
    expect(compileFilter(filter)(DATA)).toEqual(result)
  })

  it.each(['.[', '.a | nosuch', 'input', '[.[] | foo(1)]', 'env.HOME'])('%s is refused before it is used', (filter) => {
    expect(() => compileFilter(filter)).toThrow(expect.objectContaining({ name: 'UsageError' }))
  })

  it('that fails later says that the rest is done', () => {
    expect(() => compileFilter('.a')(DATA)).toThrow(/^It was done, and the filter then failed: Cannot index array/)
    expect(() => compileFilter('def f: f; f')(null)).toThrow('it comes to no end')
  })

  it.each(['$ENV', '$ENV.HOME', 'input_filename', 'import "a" as a; .'])('%s tells nothing of this machine', (filter) => {
    let told = ''
    try {
      told = JSON.stringify(compileFilter(filter)(1))
    } catch {}
    expect(told).not.toContain(process.env.HOME ?? process.cwd())
  })
})

describe('the flags for output', () => {
  const parse = (given: Partial<OutputFlags>) =>
    parseOutputOptions({ json: false, fields: undefined, output: undefined, jq: undefined, ...given })

  it('are read together', async () => {
    expect(await parse({})).toEqual({ format: 'table' })
    expect(await parse({ json: true })).toEqual({ format: 'json' })
    expect(await parse({ json: true, fields: 'a, b.c' })).toEqual({ format: 'json', fields: ['a', 'b.c'] })
    expect(await parse({ json: true, fields: 'a', output: 'csv' })).toEqual({ format: 'csv', fields: ['a'] })
    expect(await parse({ jq: '.' })).toMatchObject({ format: 'json', filter: expect.any(Function) })
  })

  it.each([[{ json: true, output: 'csv' }], [{ jq: '.', output: 'yaml' }], [{ json: true, fields: 'a,,b' }]])(
    '%j exclude each other',
    async (given) => {
      await expect(parse(given)).rejects.toMatchObject({ name: 'UsageError' })
    },
  )
})

describe('a result', () => {
  const result = { data: { items: DATA, next: 'n' }, rows: DATA, text: () => 'for people' }
  const said: string[] = []
  const as = (options: Parameters<typeof render>[1]) => render(result, options, (text) => said.push(text))

  it('has a form for each reader', async () => {
    expect(await as({ format: 'table' })).toBe('for people')
    expect(JSON.parse(await as({ format: 'json' }))).toEqual(result.data)
    expect(
      (await as({ format: 'ndjson' }))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(DATA)
    expect(JSON.parse(await as({ format: 'json', fields: ['id'] }))).toEqual([{ id: 1 }, { id: 2 }])
    expect(await as({ format: 'json', filter: compileFilter('.next, .items[0].id') })).toBe('n\n1\n')
    expect(await as({ format: 'yaml', fields: ['id'] })).toBe('- id: 1\n- id: 2\n')
  })

  it('says which fields there are, and fails no command for it', async () => {
    expect(await as({ format: 'csv', fields: ['id', 'nope'] })).toBe('id,nope\r\n1,\r\n2,\r\n')
    expect(said).toEqual(['Nothing has a field nope; there are id, name, tags, raw, empty.'])
  })

  it('of one thing is one object', async () => {
    expect(JSON.parse(await render({ data: { a: 1, b: 2 }, text: () => '' }, { format: 'json', fields: ['a'] }, () => {}))).toEqual({
      a: 1,
    })
    expect(await render({ data: new Uint8Array([1, 2]), text: () => '' }, { format: 'json' }, () => {})).toBe('"AQI="\n')
  })
})

describe('data that nothing is known of', () => {
  it('is a table, names and values, or text', () => {
    expect(plainDataText([{ a: 1, b: { c: 2 } }, { a: 2 }], plain, 80)).toBe('A\n1\n2\n')
    expect(plainDataText({ total: 2, data: [{ a: 1 }] }, plain, 80)).toBe('total  2\nA\n1\n')
    expect(plainDataText({ a: 1, b: [1, 2] }, plain, 80)).toBe('a  1\nb  [1,2]\n')
    expect(plainDataText(['x', 'y'], plain, 80)).toBe('x\ny\n')
    expect(plainDataText('text', plain, 80)).toBe('text\n')
    expect(plainDataText(undefined, plain, 80)).toBe('')
    expect(plainDataText(5, plain, 80)).toBe('5\n')
  })

  it('cannot steer the terminal', () => {
    expect(plainDataText({ 'a\x1b[2J': '\x1b[2J' }, plain, 80)).not.toContain('\x1b')
    expect(plainDataText('a\x1b]0;x\x07', plain, 80)).not.toContain('\x1b')
  })
})

it('writes YAML without anchors', () => {
  const shared = { a: 1 }
  expect(yamlText([shared, shared])).toBe('- a: 1\n- a: 1\n')
})

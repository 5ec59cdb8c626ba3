import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type PublicName, readPublicNames } from '../src/public-docs.ts'

const ROOT = dirname(dirname(dirname(import.meta.dirname)))
const FOLDERS = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}`)

/**
 * Least numbers of what is documented. Raise them when more is; a fall means that documentation was lost.
 *
 * `exports` and `methods` have to be documented without exception, so only properties, tags and described parameters are counted.
 */
const AT_LEAST = { documentedProperties: 875, throwsTags: 450, describedFunctions: 287, sources: 60 }

// a kind or several, and when: `config`: a value is missing
const THROWS = /^\{\w+(?: \| \w+)*\} \S/
const GATEWAY_ERROR = /^\{GatewayError\} (?:`\w+`(?:, `\w+`)*|of any kind): [\w`]/

const placeOf = ({ place, name }: PublicName) => `${place} ${name}`

function undocumented(names: readonly PublicName[]): string[] {
  return names.filter(({ kind, text }) => kind !== 'property' && text.trim() === '').map(placeOf)
}

function untagged(names: readonly PublicName[]): string[] {
  return names.filter(({ mayThrow, throws }) => mayThrow && throws.length === 0).map(placeOf)
}

function malformed(names: readonly PublicName[]): string[] {
  const fits = (tag: string) => THROWS.test(tag) && (!tag.startsWith('{GatewayError}') || GATEWAY_ERROR.test(tag))
  return names.flatMap((one) => one.throws.filter((tag) => !fits(tag)).map((tag) => `${placeOf(one)}: @throws ${tag}`))
}

/** Tags that follow a sentence on the same line: TypeScript takes them for text, so no editor shows them as tags. */
function hiddenTags(file: string, text: string): string[] {
  const comments = [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].map(([comment]) => comment)
  const lines = comments.flatMap((comment) => comment.split('\n').map((line) => line.replace(/^\s*(\/\*)?\*+ ?/, '')))
  return lines.filter((line) => /\S.*\s@(throws|param|returns)\s/.test(line.replaceAll(/`[^`]*`/g, ''))).map((line) => `${file}: ${line}`)
}

/** The address of a page of this repository, as a reader of the published package finds it. */
const PAGE = /^https:\/\/github\.com\/wamux\/wamux\/blob\/main\/(docs\/[\w/-]+\.md)(?:#([\w-]+))?$/

interface Source {
  readonly place: string
  readonly target: string
}

/** What the `@see` tags of a file name. */
function sourcesNamedIn(file: string, text: string): Source[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      /^\s*\* @see (.+)$/.test(line) ? [{ place: `${file}:${index + 1}`, target: line.replace(/^\s*\* @see /, '') }] : [],
    )
}

/** Why a reader cannot follow a source; undefined when it is there, or somebody else's page. */
function sourceProblem({ place, target }: Source, readOf: (file: string) => string | undefined): string | undefined {
  const [, page, anchor] = PAGE.exec(target) ?? []
  if (page) {
    const headings = (readOf(page)?.match(/^#+ .+$/gm) ?? []).map(anchorOf)
    return headings.includes(anchor ?? headings[0] ?? '') ? undefined : `${place}: no ${anchor} in ${page}`
  }
  const [, operation, document] = /^([\w.]+) in (openapi\/[\w.-]+\.yaml)$/.exec(target) ?? []
  if (document) {
    const text = readOf(`${place.split('/').slice(0, 2).join('/')}/${document}`)
    return text?.includes(`operationId: ${operation}\n`) ? undefined : `${place}: no ${operation} in ${document}`
  }
  return /^(https:\/\/|docs\/decisions\/\d{4})/.test(target) ? undefined : `${place}: ${target} is no source`
}

/** As GitHub makes the anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'generated' ? [] : sourcesIn(path)
    return name.endsWith('.ts') ? [path] : []
  })
}

describe('the public documentation', () => {
  let names: PublicName[]
  beforeAll(() => {
    names = readPublicNames(ROOT, FOLDERS)
  }, 60_000)

  it('has a doc comment for every export and every method', () => {
    expect(undocumented(names)).toEqual([])
  })

  it('has an @throws tag for everything that throws', () => {
    expect(untagged(names)).toEqual([])
  })

  it('names a kind and a case in every @throws tag', () => {
    expect(malformed(names)).toEqual([])
  })

  it('has its tags where editors see them', () => {
    const files = FOLDERS.flatMap((folder) => sourcesIn(join(ROOT, folder, 'src')))
    expect(files.flatMap((file) => hiddenTags(file.slice(ROOT.length + 1), readFileSync(file, 'utf8')))).toEqual([])
  })

  it('names sources of vendor facts that a reader can open', () => {
    const files = FOLDERS.flatMap((folder) => sourcesIn(join(ROOT, folder, 'src')))
    const sources = files.flatMap((file) => sourcesNamedIn(file.slice(ROOT.length + 1), readFileSync(file, 'utf8')))
    const readOf = (file: string) => (existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : undefined)
    expect(sources.flatMap((source) => sourceProblem(source, readOf) ?? [])).toEqual([])
    expect(sources.length).toBeGreaterThanOrEqual(AT_LEAST.sources)
  })

  it('does not lose documentation of properties, errors and parameters', () => {
    const functions = names.filter(({ parameters, undescribed }) => parameters.length > 0 && undescribed.length === 0)
    expect({
      documentedProperties: names.filter(({ kind, text }) => kind === 'property' && text !== '').length,
      throwsTags: names.flatMap(({ throws }) => throws).length,
      describedFunctions: functions.length,
    }).toEqual({
      documentedProperties: expect.toSatisfy((count: number) => count >= AT_LEAST.documentedProperties),
      throwsTags: expect.toSatisfy((count: number) => count >= AT_LEAST.throwsTags),
      describedFunctions: expect.toSatisfy((count: number) => count >= AT_LEAST.describedFunctions),
    })
  })
})

describe('the check itself', () => {
  const FILE = join(ROOT, 'packages/node-transport/src/index.ts')
  const read = (source: string) => readPublicNames(ROOT, ['packages/node-transport'], new Map([[FILE, source]]))

  it('finds exports, methods and functions that lack documentation', () => {
    const names = read(`
export const bare = 1
/** Documented. */
export interface Thing {
  method(): void
  readonly property: string
}
/** Fails. */
export function fail(): never { throw new Error('no') }
/** Throws \`config\`. */
export type Make = () => void
/**
 * Tagged.
 *
 * @param value any
 * @throws {Error} always
 */
export function tagged(value: unknown, other: unknown): never { throw new Error(String([value, other])) }
/**
 * Tagged badly.
 *
 * @throws {GatewayError} when it fails
 */
export const badly = () => undefined
`)
    const short = (texts: readonly string[]) => texts.map((text) => text.replace(/^\S+ /, ''))
    expect(short(undocumented(names))).toEqual(['@wamux/node-transport bare', '@wamux/node-transport Thing.method'])
    expect(short(untagged(names))).toEqual(['@wamux/node-transport fail', '@wamux/node-transport Make'])
    expect(short(malformed(names))).toEqual(['@wamux/node-transport badly: @throws {GatewayError} when it fails'])
    expect(names.find(({ name }) => name.endsWith(' tagged'))?.undescribed).toEqual(['other'])
  })

  it('finds sources that nobody can open', () => {
    const files: Record<string, string> = {
      'docs/gateways/waha.md': '# WAHA\n\n## Event socket, and more\n',
      'packages/waha/openapi/waha.openapi.yaml': 'operationId: labels.create\n',
    }
    const problems = (tag: string) =>
      sourcesNamedIn('packages/waha/src/a.ts', `/**\n * Text.\n *\n * @see ${tag}\n */`).flatMap(
        (source) => sourceProblem(source, (file) => files[file]) ?? [],
      )
    const page = 'https://github.com/wamux/wamux/blob/main/docs/gateways'
    expect(problems(`${page}/waha.md#event-socket-and-more`)).toEqual([])
    expect(problems('labels.create in openapi/waha.openapi.yaml')).toEqual([])
    expect(problems('https://example.com/docs')).toEqual([])
    expect(problems(`${page}/waha.md#gone`)).toEqual(['packages/waha/src/a.ts:4: no gone in docs/gateways/waha.md'])
    expect(problems(`${page}/gone.md#event-socket`)).toHaveLength(1)
    expect(problems('labels.gone in openapi/waha.openapi.yaml')).toHaveLength(1)
    expect(problems('/home/somebody/notes.md')).toEqual(['packages/waha/src/a.ts:4: /home/somebody/notes.md is no source'])
  })

  it('finds tags behind a sentence', () => {
    expect(hiddenTags('a.ts', '/** Reads. @throws Error always */')).toHaveLength(1)
    expect(hiddenTags('a.ts', '/**\n * Reads.\n *\n * @throws {Error} always\n */')).toEqual([])
    expect(hiddenTags('a.ts', '/** @returns the text */')).toEqual([])
  })
})

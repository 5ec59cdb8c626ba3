import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { files as allFiles, importsOf, isCode, isTest, packages, read } from './workspace.ts'

/** Imports between the files of one package: from each file to those it names, type imports and dynamic imports included. */
type Graph = ReadonlyMap<string, readonly string[]>

/** No more files than these beside `index.ts` lie flat in `src`: what has more is put into rooms by subject. */
const MOST_FLAT_FILES = 12

/** Core without what a program loads apart from it. Move what one package uses into that package before this number is raised. */
const MOST_LINES_OF_CORE = 7_000
const APART: readonly string[] = ['public-url']

const GROUND = ['schema', 'memory', 'errors', 'time']

/** The rooms of core from the ground up. A room may import what is named here, and whatever that may import. */
const CORE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  schema: [],
  memory: [],
  errors: [],
  time: [],
  request: GROUND,
  vocabulary: GROUND,
  policies: ['request'],
  operations: ['request'],
  events: ['vocabulary', 'request'],
  verbs: ['vocabulary', 'events'],
  webhooks: ['verbs'],
  gateway: ['policies', 'operations', 'verbs', 'webhooks'],
  registration: ['gateway'],
  supervise: ['gateway'],
  opentelemetry: ['gateway'],
  'public-url': ['request'],
}

/** The rooms of the engine package, from the ground up. */
const ENGINE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  fields: [],
  answers: ['fields'],
  session: ['fields'],
  events: ['answers', 'session'],
  verbs: ['events'],
}

function graphOf(files: Readonly<Record<string, string>>): Graph {
  const targets = (file: string, code: string) =>
    importsOf(code)
      .filter((target) => target.startsWith('.'))
      .map((target) => posix.join(posix.dirname(file), target))
      .filter((target) => Object.hasOwn(files, target))
  return new Map(Object.entries(files).map(([file, code]) => [file, targets(file, code)]))
}

/** Every import circle, as the files that one goes through until it is back where it began. */
function circlesIn(graph: Graph): string[] {
  const circles: string[] = []
  const done = new Set<string>()
  const open: string[] = []
  const visit = (file: string) => {
    if (open.includes(file)) circles.push([...open.slice(open.indexOf(file)), file].join(' > '))
    else if (!done.has(file)) {
      open.push(file)
      for (const target of graph.get(file) ?? []) visit(target)
      open.pop()
      done.add(file)
    }
  }
  for (const file of graph.keys()) visit(file)
  return circles
}

/** Imports between rooms that go where the table has no arrow. Files of no room are wrong; `src/index.ts` may import every room. */
function wrongArrows(graph: Graph, rooms: Readonly<Record<string, readonly string[]>>): string[] {
  const reachable = (room: string): readonly string[] => (rooms[room] ?? []).flatMap((below) => [below, ...reachable(below)])
  return [...graph].flatMap(([file, targets]) => {
    const room = roomOf(file)
    if (file === 'src/index.ts') return []
    if (!Object.hasOwn(rooms, room)) return [`${file} is in no room of the table`]
    const allowed = [room, ...reachable(room)]
    return targets.filter((target) => !allowed.includes(roomOf(target))).map((target) => `${file} imports ${target}`)
  })
}

/** `request` for `src/request/send.ts`; empty for what lies flat. */
function roomOf(file: string): string {
  return /^src\/([^/]+)\//.exec(file)?.[1] ?? ''
}

/** Lines that are neither blank nor a comment alone. */
function codeLines(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line)).length
}

/** The files beside `index.ts` that lie flat in `src`, tests left out. */
function flatFiles(files: readonly string[]): string[] {
  return files.filter((file) => /^src\/[^/]+\.ts$/.test(file) && !/\.test(-d)?\.ts$/.test(file) && file !== 'src/index.ts')
}

const sourcesOf = ({ folder, files }: (typeof packages)[number]) =>
  Object.fromEntries(files.filter((file) => isCode(file) && !isTest(`${folder}/${file}`)).map((file) => [file, read(`${folder}/${file}`)]))

describe.each(packages)('$folder', (one) => {
  it('has no import circle', () => {
    expect(circlesIn(graphOf(sourcesOf(one)))).toEqual([])
  })

  it(`has at most ${MOST_FLAT_FILES} files flat in src`, () => {
    const flat = flatFiles(one.files)
    expect(flat.length > MOST_FLAT_FILES ? flat : []).toEqual([])
  })
})

const graphIn = (folder: string): { files: Record<string, string>; graph: Graph } => {
  const one = packages.find((candidate) => candidate.folder === folder)
  const files = Object.fromEntries(Object.entries(one ? sourcesOf(one) : {}).filter(([file]) => file.startsWith('src/')))
  return { files, graph: graphOf(files) }
}

describe.each([
  { folder: 'packages/core', table: CORE_ROOMS },
  { folder: 'packages/engine', table: ENGINE_ROOMS },
])('the rooms of $folder', ({ folder, table }) => {
  const { files, graph } = graphIn(folder)

  it('import downwards only', () => {
    expect(wrongArrows(graph, table)).toEqual([])
  })

  it('are those of the table and no other', () => {
    const rooms = new Set(Object.keys(files).map(roomOf).filter(Boolean))
    expect([...rooms].sort()).toEqual(Object.keys(table).sort())
  })
})

it.each([
  {
    folder: 'packages/core',
    table: CORE_ROOMS,
    file: 'src/time/clock.ts',
    planted: `import type { Send } from '../request/types.ts'`,
    wrong: 'src/time/clock.ts imports src/request/types.ts',
  },
  {
    folder: 'packages/engine',
    table: ENGINE_ROOMS,
    file: 'src/fields/fields.ts',
    planted: `import { engineChat } from '../answers/chat.ts'`,
    wrong: 'src/fields/fields.ts imports src/answers/chat.ts',
  },
])('$folder: a planted circle and a planted wrong arrow are seen', ({ folder, table, file, planted, wrong }) => {
  const { files } = graphIn(folder)
  const changed = graphOf({ ...files, [file]: `${files[file]}\n${planted}` })
  expect(wrongArrows(changed, table)).toEqual([wrong])
  expect(circlesIn(changed).length).toBeGreaterThan(0)
})

it('sees circles of types, of dynamic imports, of one file and of many', () => {
  const circles = (files: Record<string, string>) => circlesIn(graphOf(files))
  expect(circles({ 'src/a.ts': `import { b } from './b.ts'`, 'src/b.ts': `import type { A } from './a.ts'` })).toEqual([
    'src/a.ts > src/b.ts > src/a.ts',
  ])
  expect(
    circles({
      'src/a.ts': `const b = await import('./x/b.ts')`,
      'src/x/b.ts': `export * from './c.ts'`,
      'src/x/c.ts': `import {\n  a,\n} from '../a.ts'`,
    }),
  ).toEqual(['src/a.ts > src/x/b.ts > src/x/c.ts > src/a.ts'])
  expect(circles({ 'src/a.ts': `import './a.ts'` })).toEqual(['src/a.ts > src/a.ts'])
  expect(
    circles({ 'src/a.ts': `import './b.ts'\nimport './c.ts'`, 'src/b.ts': `import './c.ts'`, 'src/c.ts': '// import "./a.ts"' }),
  ).toEqual([])
})

it('sees arrows against the table, and files in no room', () => {
  const wrong = (files: Record<string, string>) => wrongArrows(graphOf(files), { low: [], middle: ['low'], high: ['middle'] })
  const low = { 'src/low/a.ts': '' }
  expect(wrong({ ...low, 'src/high/a.ts': `import '../low/a.ts'`, 'src/index.ts': `export * from './high/a.ts'` })).toEqual([])
  expect(wrong({ 'src/low/a.ts': `import type { A } from '../high/a.ts'`, 'src/high/a.ts': '' })).toEqual([
    'src/low/a.ts imports src/high/a.ts',
  ])
  expect(wrong({ ...low, 'src/middle/a.ts': `import '../index.ts'`, 'src/index.ts': '' })).toEqual(['src/middle/a.ts imports src/index.ts'])
  expect(wrong({ 'src/flat.ts': '', 'src/attic/a.ts': '' })).toEqual([
    'src/flat.ts is in no room of the table',
    'src/attic/a.ts is in no room of the table',
  ])
})

it('counts flat files without tests, index and what is in rooms', () => {
  expect(flatFiles(['src/index.ts', 'src/a.ts', 'src/a.test.ts', 'src/a.test-d.ts', 'src/room/b.ts', 'test/c.ts', 'src/d.json'])).toEqual([
    'src/a.ts',
  ])
})

it(`core has at most ${MOST_LINES_OF_CORE} lines of code`, () => {
  const rooms = Object.entries(graphIn('packages/core').files).filter(([file]) => !APART.includes(roomOf(file)))
  const code = rooms.reduce((sum, [, text]) => sum + codeLines(text), 0)
  const all = rooms.reduce((sum, [, text]) => sum + text.split('\n').filter((line) => line.trim() !== '').length, 0)
  console.log(`core, without ${APART.join()}: ${code} lines of code, ${all} with comments`)
  expect(code, `${code} lines of code, ${all} with comments`).toBeLessThanOrEqual(MOST_LINES_OF_CORE)
})

it('counts lines of code without comments and blank lines', () => {
  expect(codeLines('/** a\n * b\n */\nconst a = 1 // c\n\n  // d\nexport { a }\n')).toBe(2)
})

it('the page of the architecture names files that exist', () => {
  const roots: Readonly<Record<string, string>> = {
    cli: 'apps/cli/src',
    core: 'packages/core/src',
    engine: 'packages/engine/src',
    waha: 'packages/waha/src',
  }
  const named = [...read('docs/architecture.md').matchAll(/`(cli|core|engine|waha)\/([\w/-]+\.ts)`/g)].map(
    ([, root = '', file]) => `${roots[root]}/${file}`,
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((file) => !allFiles.includes(file))).toEqual([])
})

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { expect, it } from 'vitest'

/**
 * The rooms of src, from the ground up, and the rooms that each may import. Type imports count. A file directly in src is a room of its
 * own; `commands` is every folder below it.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  // one process: streams, colours, how a command line ends
  terminal: [],
  errors: [],
  // text for people: tables, widths, JSON, quoting
  print: ['terminal'],
  // formats of results: fields, jq, csv, yaml
  output: ['errors', 'print', 'terminal'],
  // plugins, profiles and secrets, and the connection to a gateway
  gateway: ['errors', 'terminal'],
  // what every command has: arguments, flags, context, errors in words
  command: ['errors', 'gateway', 'output', 'print', 'terminal'],
  help: ['command', 'gateway', 'print', 'terminal'],
  // --dry-run and --curl
  request: ['command', 'errors', 'gateway', 'operation', 'output', 'print', 'terminal'],
  // what several commands share: the portable verbs, a gateway's own operations, events
  operation: ['command', 'errors', 'gateway', 'output', 'print', 'terminal'],
  verb: ['command', 'errors', 'gateway', 'operation', 'output', 'print', 'request', 'terminal'],
  event: ['command', 'errors', 'gateway', 'print', 'terminal'],
  generated: ['command'],
  'version.ts': [],
  commands: [
    ...['command', 'errors', 'event', 'gateway', 'generated', 'help', 'operation', 'output', 'print', 'request', 'terminal', 'verb'],
    'version.ts',
  ],
  router: ['command', 'commands', 'errors', 'gateway', 'help', 'operation', 'terminal'],
  'main.ts': ['command', 'errors', 'gateway', 'router', 'terminal'],
  'bin.ts': ['main.ts', 'router', 'version.ts'],
}
const MOST_FILES = 12
const SRC = join(import.meta.dirname, '..', 'src')

type Graph = ReadonlyMap<string, readonly string[]>

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'))
const graph: Graph = new Map(files.map((file) => [file, importsOf(file, readFileSync(join(SRC, file), 'utf8'))]))

/** The files of src that a file imports, also by type and by `import()`. */
function importsOf(file: string, text: string): string[] {
  const targets = [...text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*'(\.[^']+\.ts)'/gm)].map(([, target = '']) => target)
  return targets.map((target) => posix.join(posix.dirname(file), target))
}

/** The first import circle, as a path that ends where it begins. */
function circleIn(imports: Graph): string[] {
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const next of imports.get(file) ?? []) {
      const found = visit(next, [...path, file])
      if (found.length > 0) return found
    }
    done.add(file)
    return []
  }
  for (const file of imports.keys()) {
    const found = visit(file, [])
    if (found.length > 0) return found
  }
  return []
}

const roomOf = (file: string) => file.split('/')[0] ?? ''
const commandOf = (file: string) => (roomOf(file) === 'commands' ? file.split('/')[1] : undefined)

/** Imports that the table does not allow, and imports from one command's folder into another's. */
function wrongArrows(imports: Graph): string[] {
  return [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) =>
        roomOf(file) === roomOf(target) ? commandOf(file) !== commandOf(target) : !ROOMS[roomOf(file)]?.includes(roomOf(target)),
      )
      .map((target) => `${file} -> ${target}`),
  )
}

it('finds the imports of every file', () => {
  expect(files.length).toBeGreaterThan(100)
  expect(graph.get('bin.ts')).toEqual(['version.ts', 'router/answer-completion.ts', 'main.ts'])
  expect(importsOf('verb/a.ts', `import type { B } from '../print/b.ts'\nconst c = await import('./c.ts')\nimport './d.ts'`)).toEqual([
    'print/b.ts',
    'verb/c.ts',
    'verb/d.ts',
  ])
  const missing = [...graph.values()].flat().filter((target) => !files.includes(target))
  expect(missing).toEqual([])
})

it('has no import circle', () => {
  expect(circleIn(graph)).toEqual([])
  expect(circleIn(new Map([...graph, ['print/json.ts', ['main.ts']]])).length).toBeGreaterThan(2)
})

it('has arrows from the entry down to the ground only', () => {
  expect(wrongArrows(graph)).toEqual([])
  expect(
    wrongArrows(
      new Map([
        ['print/json.ts', ['verb/run.ts']],
        ['commands/chat/group.ts', ['commands/label/group.ts']],
      ]),
    ),
  ).toHaveLength(2)
})

it(`has at most ${MOST_FILES} files in a folder`, () => {
  const counts = new Map<string, number>()
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([])
})

it('has a folder for every first word of the command line', () => {
  const registry = readFileSync(join(SRC, 'router', 'registry.ts'), 'utf8')
  const folders = new Set(files.flatMap((file) => commandOf(file) ?? []))
  const words = [...registry.matchAll(/import\('\.\.\/commands\/([\w-]+)\/group\.ts'\)/g)].map(([, word = '']) => word)
  // help prints the help of all of them, and gateway runs `wamux <gateway> <resource> <operation>`
  expect([...folders].sort()).toEqual([...words, 'help', 'gateway'].sort())
})

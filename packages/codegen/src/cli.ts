import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { generate } from './generate.ts'

/** Where a run prints its lines. */
interface Output {
  log(line: string): void
  error(line: string): void
}

/** A committed file that differs from what the document generates, with the first line that differs. */
interface Difference {
  readonly name: string
  readonly line: number
  readonly committed: string | undefined
  readonly generated: string | undefined
}

const HELP = [
  'usage: wamux-codegen [folder] [--check | --manifest]',
  '',
  'Reads <folder>/openapi/<gateway>.openapi.yaml and writes <folder>/src/generated/. The folder is the current one unless named.',
  '  --check      writes nothing; exit code 1 when a generated file is not what the document gives',
  '  --manifest   after a build: writes dist/manifest.json from dist/manifest.js, for programs that read it without running code',
  '  --version    prints the version of wamux-codegen',
]

/**
 * Generates the files of one package, or with `--check` compares them with what is committed.
 *
 * @returns the exit code: 0, 1 when a document breaks a rule or a file is stale, 2 for wrong arguments
 */
export async function run(args: readonly string[], output: Output): Promise<number> {
  const check = args.includes('--check')
  const [directory = '.', ...others] = args.filter((arg) => arg !== '--check' && arg !== '--manifest')
  if (directory === '--help' || directory === '-h') {
    for (const line of HELP) output.log(line)
    return 0
  }
  if (directory === '--version' || directory === '-v') {
    const own = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
    output.log(own.version)
    return 0
  }
  if (directory.startsWith('-') || others.length > 0) {
    output.error(`wamux-codegen does not know ${JSON.stringify(directory.startsWith('-') ? directory : others[0])}`)
    for (const line of HELP) output.error(line)
    return 2
  }
  const root = resolve(directory)
  if (args.includes('--manifest')) return writeManifest(root, output)
  const documents = await documentsOf(root)
  const [file] = documents
  if (file === undefined || documents.length > 1) {
    output.error(`${shown(join(root, 'openapi'))}: one <gateway>.openapi.yaml is expected here, found ${documents.length}`)
    return 1
  }
  const document = join(root, 'openapi', file)
  const result = await generate(await readFile(document, 'utf8'), file)
  if ('findings' in result) {
    for (const { line, message } of result.findings) output.error(`${shown(document)}:${line}: ${message}`)
    return 1
  }
  const target = join(root, 'src', 'generated')
  const stale = await differences(target, result.files)
  if (check && stale.length > 0) {
    for (const difference of stale) output.error(describe(difference, target, file))
    return 1
  }
  if (stale.length > 0) await mkdir(target, { recursive: true })
  await Promise.all(stale.map(({ name }) => writeFile(join(target, name), result.files.get(name) ?? '')))
  const outcome = stale.length === 0 ? 'up to date' : `wrote ${stale.map(({ name }) => name).join(', ')}`
  output.log(`${basename(root)}: ${result.operations} operations, ${result.resources} resources, ${outcome}`)
  return 0
}

/** What a program reads to know a plugin without running its code; `"wamux": { "manifest": … }` in package.json names the file. */
async function writeManifest(root: string, output: Output): Promise<number> {
  const file = join(root, 'dist', 'manifest.js')
  if (!existsSync(file)) {
    output.error(`${shown(file)}: there is no such file. Build the plugin first; src/manifest.ts has to become dist/manifest.js.`)
    return 1
  }
  const { manifest } = (await import(pathToFileURL(file).href)) as { manifest?: unknown }
  if (typeof manifest !== 'object' || manifest === null) {
    output.error(`${shown(file)}: it exports no manifest. Write \`export const manifest: Manifest = { … }\` in src/manifest.ts.`)
    return 1
  }
  const target = join(root, 'dist', 'manifest.json')
  await writeFile(target, `${JSON.stringify(manifest, undefined, 2)}\n`)
  output.log(`${basename(root)}: wrote ${relative(root, target).split(sep).join('/')}`)
  return 0
}

async function documentsOf(root: string): Promise<string[]> {
  const directory = join(root, 'openapi')
  if (!existsSync(directory)) return []
  return (await readdir(directory)).filter((name) => name.endsWith('.openapi.yaml'))
}

async function differences(target: string, files: ReadonlyMap<string, string>): Promise<Difference[]> {
  const found: Difference[] = []
  for (const [name, content] of files) {
    const path = join(target, name)
    // a checkout on Windows may have other line endings
    const present = existsSync(path) ? (await readFile(path, 'utf8')).replaceAll('\r\n', '\n') : ''
    if (present === content) continue
    const committed = present.split('\n')
    const generated = content.split('\n')
    let index = 0
    while (committed[index] === generated[index]) index += 1
    found.push({ name, line: index + 1, committed: committed[index], generated: generated[index] })
  }
  return found
}

function describe({ name, line, committed, generated }: Difference, target: string, file: string): string {
  const side = (text: string | undefined): string => (text === undefined ? '(nothing)' : text.trim().slice(0, 160))
  const place = `${shown(join(target, name))}:${line}`
  return `${place}: differs from what ${file} gives, run wamux-codegen to write it anew\n  committed: ${side(committed)}\n  generated: ${side(generated)}`
}

// in a workspace paths are printed relative to its root, wherever the run was started; elsewhere relative to where it was started
function shown(path: string): string {
  let root = path
  while (!existsSync(join(root, 'pnpm-workspace.yaml'))) {
    if (dirname(root) === root) {
      root = process.cwd()
      break
    }
    root = dirname(root)
  }
  return relative(root, path).split(sep).join('/')
}

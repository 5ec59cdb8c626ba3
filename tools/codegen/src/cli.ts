import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { generate } from './generate.ts'

/** Where the lines of a run go. */
export interface Output {
  log(line: string): void
  error(line: string): void
}

/** Generates (or with `--check` compares) the files of one package; answers the exit code. */
export async function run(args: readonly string[], output: Output): Promise<number> {
  const check = args.includes('--check')
  const [directory, ...others] = args.filter((arg) => arg !== '--check')
  if (directory === undefined || others.length > 0) {
    output.error('usage: node tools/codegen/src/main.ts <packageDir> [--check]')
    return 2
  }
  const root = resolve(directory)
  const documents = await documentsOf(root)
  const [file] = documents
  if (file === undefined || documents.length > 1) {
    output.error(`${shown(root)}: one openapi/*.openapi.yaml is expected, found ${documents.length}`)
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
  const summary = `${basename(root)}: ${result.operations} operations, ${result.resources} resources`
  if (check && stale.length > 0) {
    for (const { name, line, present, wanted } of stale) {
      output.error(`${shown(join(target, name))}:${line}: differs from what ${file} gives: run pnpm generate`)
    return 1
  }
  if (!check) {
    await mkdir(target, { recursive: true })
    await Promise.all(stale.map(({ name }) => writeFile(join(target, name), result.files.get(name) ?? '')))
  }
  output.log(`${summary}, ${check || stale.length === 0 ? 'up to date' : `wrote ${stale.map(({ name }) => name).join(', ')}`}`)
  return 0
}

async function documentsOf(root: string): Promise<string[]> {
  const directory = join(root, 'openapi')
  if (!existsSync(directory)) return []
  return (await readdir(directory)).filter((name) => name.endsWith('.openapi.yaml'))
}

async function differences(target: string, files: ReadonlyMap<string, string>): Promise<{ name: string; line: number }[]> {
  const found: { name: string; line: number }[] = []
  for (const [name, wanted] of files) {
    const path = join(target, name)
    const present = existsSync(path) ? (await readFile(path, 'utf8')).replaceAll('\r\n', '\n') : ''
    if (present !== wanted) found.push({ name, line: firstDifference(present.split('\n'), wanted.split('\n')) })
  }
  return found
}

function firstDifference(one: readonly string[], other: readonly string[]): number {
  const index = other.findIndex((line, position) => line !== one[position])
  return (index === -1 ? other.length : index) + 1
}

// as seen from the root of the repository, wherever the run starts
function shown(path: string): string {
  let root = path
  while (!existsSync(join(root, 'pnpm-workspace.yaml'))) {
    if (dirname(root) === root) return path
    root = dirname(root)
  }
  return relative(root, path).split(sep).join('/')
}

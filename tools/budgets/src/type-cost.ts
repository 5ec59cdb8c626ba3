import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What checking a program cost the compiler. */
export interface TypeCost {
  readonly instantiations: number
  readonly types: number
}

const generated = fileURLToPath(new URL('../dist', import.meta.url))
const compiler = join(dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))), 'bin', 'tsc')

const CONFIG = {
  extends: '../../../../tsconfig.base.json',
  compilerOptions: { declaration: false, isolatedDeclarations: false },
  files: ['program.ts'],
}

/**
 * Checks a program and counts instantiations: unlike seconds they are the same on every machine.
 *
 * @param name folder for it below `dist`, which git and lint ignore; it is kept so that it can be read when a budget is missed
 * @throws {Error} with the compiler's messages when the program does not compile
 */
export async function typeCost(name: string, program: string): Promise<TypeCost> {
  const folder = join(generated, name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'program.ts'), program)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG))
  // several checkers would count shared work more than once
  const report = await run([compiler, '-p', folder, '--noEmit', '--singleThreaded', '--extendedDiagnostics', '--pretty', 'false'])
  return { instantiations: figure(report, 'Instantiations'), types: figure(report, 'Types') }
}

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`the compiler says:\n${`${stdout}${stderr}`.slice(0, 4_000)}`, { cause: error }))
      else resolve(stdout)
    })
  })
}

function figure(report: string, name: string): number {
  const value = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(report)?.[1]
  if (value === undefined) throw new Error(`the compiler does not print "${name}"`)
  return Number(value)
}

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EXIT } from '../../errors/exit-codes.ts'

/** Where wamux is installed, and the working directory. */
export interface CliLocation {
  /** URL of a file of this CLI. */
  readonly file: string
  readonly cwd: string
}

const ADD: Readonly<Record<string, { readonly here: readonly string[]; readonly global: readonly string[] }>> = {
  npm: { here: ['npm', 'install'], global: ['npm', 'install', '-g'] },
  pnpm: { here: ['pnpm', 'add'], global: ['pnpm', 'add', '-g'] },
  yarn: { here: ['yarn', 'add'], global: ['yarn', 'global', 'add'] },
  bun: { here: ['bun', 'add'], global: ['bun', 'add', '-g'] },
}

const LOCKFILES: readonly (readonly [file: string, manager: string])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['package-lock.json', 'npm'],
]

/** The command that installs a plugin beside this CLI, with the package manager that installed the CLI. */
export function installCommand(packageName: string, { file, cwd }: CliLocation): readonly string[] {
  const own = fileURLToPath(file)
  const project = projectOf(cwd)
  if (project && own.startsWith(join(project, 'node_modules') + sep)) {
    const manager = LOCKFILES.find(([name]) => existsSync(join(project, name)))?.[1] ?? 'npm'
    return [...(ADD[manager]?.here ?? []), packageName]
  }
  const manager = /[\\/](\.pnpm|pnpm)[\\/]/.test(own)
    ? 'pnpm'
    : /[\\/]\.bun[\\/]/.test(own)
      ? 'bun'
      : /[\\/]yarn[\\/]/.test(own)
        ? 'yarn'
        : 'npm'
  return [...(ADD[manager]?.global ?? []), packageName]
}

function projectOf(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

/** Runs the command with its output on stderr. @returns the exit code */
export function runInstall([program = '', ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    // cmd would otherwise look for npm in the current folder first
    const env = { ...process.env, NoDefaultCurrentDirectoryInExePath: '1' }
    // on Windows package managers are scripts, which need a shell; the package name was checked before
    const child = spawn(program, args, { stdio: ['inherit', 2, 2], signal, shell: process.platform === 'win32', env })
    child.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? new Error(`${program} is not installed.`) : error))
    child.on('close', (code) => resolve(code === 0 ? EXIT.ok : EXIT.failure))
  })
}

import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { root } from './workspace.ts'

// a workspace of its own, on a PATH whose node, pnpm and npx are a few lines of shell
let folder: string
const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n') : [])

function tool(place: string, name: string, ...lines: string[]): void {
  mkdirSync(join(folder, place), { recursive: true })
  writeFileSync(join(folder, place, name), ['#!/bin/sh', ...lines, ''].join('\n'))
  chmodSync(join(folder, place, name), 0o755)
}

function pnpmTool(place: string): void {
  tool(
    place,
    'pnpm',
    '[ "$1" = -v ] && echo 1.2.3 && exit',
    `echo "pnpm $1" >> "${folder}/log"`,
    'mkdir -p node_modules',
    'touch node_modules/.modules.yaml',
  )
}

function toolchain(...args: string[]): { status: number | null; out: string; err: string } {
  const env = { PATH: [join(folder, 'bin'), '/usr/bin', '/bin'].join(':'), HOME: folder }
  const done = spawnSync(process.execPath, [join(folder, 'scripts/toolchain.mjs'), ...args], { env, encoding: 'utf8', cwd: folder })
  return { status: done.status, out: done.stdout.trim(), err: done.stderr.trim() }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-toolchain-'))
  mkdirSync(join(folder, 'scripts'))
  copyFileSync(join(root, 'scripts/toolchain.mjs'), join(folder, 'scripts/toolchain.mjs'))
  writeFileSync(join(folder, 'package.json'), '{ "packageManager": "pnpm@1.2.3" }')
  tool('bin', 'node', 'echo v20.20.2')
  tool('bin', 'npx', `echo "npx $*" >> "${folder}/log"`, `echo "${folder}/brought:$PATH"`)
  tool('brought', 'node', 'echo v24.1.0')
  pnpmTool('brought')
})
afterEach(() => rmSync(folder, { recursive: true }))

it('brings Node and pnpm with npx once, installs once, and ends as the command does', () => {
  expect(toolchain('node -v && exit 7')).toEqual({ status: 7, out: 'v24.1.0', err: 'Installing dependencies…' })
  expect(toolchain('node -v')).toEqual({ status: 0, out: 'v24.1.0', err: '' })
  expect(log()).toEqual(['npx -y --prefer-offline -p node@24 -p pnpm@1.2.3 -c node -p process.env.PATH', 'pnpm install'])
})

it('installs again after a package.json has changed', () => {
  toolchain('true')
  writeFileSync(join(folder, 'package.json'), '{ "packageManager": "pnpm@1.2.3", "dependencies": {} }')
  expect(toolchain('true').err).toBe('Installing dependencies…')
  expect(log().filter((line) => line === 'pnpm install')).toHaveLength(2)
})

it('needs no npx where Node and pnpm fit', () => {
  tool('bin', 'node', 'echo v22.18.0')
  pnpmTool('bin')
  expect(toolchain('node -v').out).toBe('v22.18.0')
  expect(log()).toEqual(['pnpm install'])
})

it('brings pnpm alone where Node fits', () => {
  tool('bin', 'node', 'echo v24.0.0')
  tool('bin', 'pnpm', 'echo 9.0.0')
  toolchain('--no-install', 'true')
  expect(log()).toEqual(['npx -y --prefer-offline -p pnpm@1.2.3 -c node -p process.env.PATH'])
})

it('says so when npm brought a Node without its binary', () => {
  tool('brought', 'node', 'echo v20.20.2')
  const { status, err } = toolchain('true')
  expect(status).toBe(1)
  expect(err).toContain('ignore-scripts')
})

it('says so when the network is missing', () => {
  tool('bin', 'npx', 'echo "npm error code EAI_AGAIN" >&2', 'exit 1')
  const { status, err } = toolchain('true')
  expect(status).toBe(1)
  expect(err).toContain('pnpm@1.2.3, and npm could not bring them')
  expect(err).toContain('The network is missing.')
})

it('says what to do when the lockfile is behind', () => {
  tool('brought', 'pnpm', '[ "$1" = -v ] && echo 1.2.3 && exit', 'echo "[ERR_PNPM_OUTDATED_LOCKFILE] behind"', 'exit 1')
  const { status, err } = toolchain('true')
  expect(status).toBe(1)
  expect(err).toContain('npm run pnpm install')
})

it('hands a signal on to all that the command started', () => {
  const { status } = toolchain('--no-install', `kill -TERM ${'$'}{PPID}; sleep 9 && echo survived`)
  expect(status).toBe(128 + 15)
})

it('wants a command', () => {
  expect(toolchain()).toMatchObject({ status: 1, err: expect.stringContaining('usage') })
})

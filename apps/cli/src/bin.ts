#!/usr/bin/env node
import { version } from './version.ts'

const [first, ...rest] = process.argv.slice(2)

// answered without loading anything else, as scripts and editors ask it often
if ((first === '--version' || first === '-V' || first === '-v') && rest.length === 0) printVersion()
// shells call this at every press of the tab key: it loads as little as possible
else if (first === '__complete') void import('./router/answer-completion.ts').then(({ answerCompletion }) => answerCompletion(rest))
else {
  keepCompiledCode()
  void import('./main.ts').then(({ main }) => main(process.argv.slice(2)))
}

/** Lets Node keep what it has compiled, in the user's cache; it is there since Node 22.1. `NODE_DISABLE_COMPILE_CACHE=1` switches it off. */
function keepCompiledCode(): void {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME, NODE_COMPILE_CACHE } = process.env
  const base = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && `${HOME}/.cache`)
  // a folder that the user has chosen stays chosen
  if (NODE_COMPILE_CACHE !== undefined || !base) return
  const { existsSync, mkdirSync } = process.getBuiltinModule('node:fs')
  try {
    // one folder after the other: Node itself tries for ever where there can be none, as below a home in /proc
    for (const folder of [base, `${base}/wamux`]) if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
    process.getBuiltinModule('node:module').enableCompileCache?.(`${base}/wamux/compiled`)
  } catch {}
}

/** Not by `process.stdout`: opening that stream takes longer than all the rest. */
function printVersion(): void {
  try {
    process.getBuiltinModule('node:fs').writeSync(1, `${version}\n`)
  } catch {
    process.stdout.on('error', () => {}).write(`${version}\n`)
  }
}

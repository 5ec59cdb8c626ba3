// node --conditions=@wamux/source scripts/write-reference.ts: prints every command as JSON, for the documentation site.

import type { Command } from '../src/command/command.ts'
import { type FlagSpec, GLOBAL_FLAGS } from '../src/command/flags.ts'
import { sentence } from '../src/help/layout.ts'
import { commands } from '../src/router/registry.ts'

const words = []
for (const [word, { about, load }] of Object.entries(commands)) {
  const { bare, commands: own } = await load()
  const all: readonly [string, Command][] = [
    ...(bare ? [[`wamux ${word}`, bare] as const] : []),
    ...Object.entries(own).map(([name, one]) => [`wamux ${word} ${name}`, one] as const),
  ].map(([title, one]) => [title, one])
  words.push({ word, about, commands: all.map(([title, one]) => described(title, one)) })
}
console.log(JSON.stringify({ words, flags: flagsOf(GLOBAL_FLAGS) }))

function described(title: string, { about, details, args = {}, flags = {}, examples }: Command) {
  const places = Object.entries(args).map(([name, { required, rest }]) => {
    const shown = `${name}${rest ? '...' : ''}`
    return required ? ` <${shown}>` : ` [${shown}]`
  })
  return {
    title,
    usage: `${title}${places.join('')} [flags]`,
    about: `${sentence(about)}${details ? ` ${details}` : ''}`,
    args: Object.entries(args).map(([name, arg]) => ({ name: `${name}${arg.required ? ' (required)' : ''}`, about: arg.about })),
    flags: flagsOf(flags),
    examples,
  }
}

function flagsOf(flags: Readonly<Record<string, FlagSpec>>) {
  return Object.entries(flags)
    .filter(([, { hidden }]) => !hidden)
    .map(([name, { about, value, optional }]) => {
      const word = value === undefined ? '' : optional ? `[=${value}]` : ` <${value}>`
      return { name: `${name.length === 1 ? '-' : '--'}${name}${word}`, about }
    })
}

import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from '../../command/command.ts'
import type { Context } from '../../command/context.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { configFile, withLock, writePrivate } from '../../gateway/profile-store.ts'
import { TRUST_FILE, trustedProjects } from '../../gateway/trusted-folders.ts'

export const trust: Command = {
  about: 'use the plugins of a project: their code runs with your keys from then on',
  details:
    'Without a path it is the project of the current folder. It is remembered by its path, in trusted.json beside your profiles. Without trust nothing of node_modules in the current folder is run; plugins that are installed beside wamux itself need none.',
  args: { path: { about: 'folder of the project, the one that holds node_modules' } },
  flags: { remove: { about: 'stop trusting it' } },
  examples: ['wamux plugins trust', 'wamux plugins trust ~/shop', 'wamux plugins trust ~/shop --remove'],
  async run(context) {
    const { values, terminal, printResult, paint } = context
    const remove = values.is('remove')
    const project = projectFrom(context)
    const file = configFile(terminal.env, TRUST_FILE)
    withLock(file, () => {
      const others = trustedProjects(terminal.env).filter((one) => one !== project)
      writePrivate(file, `${JSON.stringify({ version: 1, projects: remove ? others : [...others, project] }, undefined, 2)}\n`)
    })
    const done = remove ? 'is no longer trusted' : 'is trusted: its plugins are used from now on'
    await printResult({ data: { project, trusted: !remove }, text: () => `${paint.bold(project)} ${done}\n` })
    return undefined
  },
}

function projectFrom({ values, plugins, terminal }: Context): string {
  const path = values.text('path')
  if (path !== undefined) return realFolder(resolve(plugins.cwd, path), values.is('remove'))
  const [barred] = plugins.untrusted()
  if (barred && !values.is('remove')) return barred.project
  const here = realFolder(plugins.cwd, false)
  if (trustedProjects(terminal.env).includes(here)) return here
  throw new UsageError(
    'No plugin of the current folder waits for trust.',
    'Name the folder that holds node_modules: wamux plugins trust PATH',
  )
}

function realFolder(path: string, mayBeGone: boolean): string {
  try {
    const real = realpathSync(path)
    if (statSync(real).isDirectory()) return real
  } catch {
    if (mayBeGone) return path
  }
  throw new UsageError(`${path} is no folder.`)
}

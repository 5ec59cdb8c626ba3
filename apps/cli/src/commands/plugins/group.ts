import type { CommandGroup } from '../../command/command.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { OFFICIAL, packageJson } from '../../gateway/plugin-packages.ts'
import type { BrokenPlugin, UntrustedPlugin, WorkingPlugin } from '../../gateway/plugins.ts'
import { shellQuote } from '../../print/shell-quote.ts'
import { type Column, table } from '../../print/table.ts'
import { installCommand, runInstall } from './install.ts'
import { newPlugin } from './new.ts'
import { trust } from './trust.ts'

/** One plugin as it is shown. */
interface Row {
  readonly id: string
  readonly package: string
  readonly version: string | null
  readonly name: string | null
  readonly origin: string
  readonly folder: string | null
  /** False for a plugin of a project that nobody has trusted; it is not used. */
  readonly trusted: boolean
  /** Why it does not work; null when it works. */
  readonly problem: string | null
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'GATEWAY', text: ({ id }) => id, paint: (cell, _row, { bold }) => bold(cell) },
  { title: 'NAME', text: ({ name }) => name ?? '' },
  { title: 'PACKAGE', text: ({ package: name, version }) => `${name}${version ? ` ${version}` : ''}` },
  {
    title: 'STATE',
    text: ({ problem, folder, origin, trusted }) =>
      problem
        ? `broken: ${problem}`
        : !trusted
          ? 'not trusted'
          : folder
            ? origin === 'project'
              ? 'of this project'
              : 'installed'
            : 'not installed',
    paint: (cell, { problem, folder, trusted }, { red, green, yellow, dim }) =>
      problem ? red(cell) : !trusted ? yellow(cell) : folder ? green(cell) : dim(cell),
  },
]

export const group: CommandGroup = {
  bare: {
    about: 'the gateways that are installed, where they are, and what could be added',
    details:
      'Looked for beside wamux (also globally), then in the project of the current folder: @wamux/… and third-party packages named wamux-plugin-…. Only manifests are read; a plugin is loaded when a command needs it. Plugins of the current folder are used when you trust it: wamux plugins trust.',
    flags: { folders: { about: 'show the folder of each one' } },
    examples: ['wamux plugins', 'wamux plugins --folders', 'wamux plugins --json'],
    async run({ values, plugins, paint, columns, printResult, say }) {
      const found = await plugins.all()
      const untrusted = plugins.untrusted()
      const missing = Object.entries(OFFICIAL).filter(([id]) => ![...found, ...untrusted].some((one) => one.id === id))
      const rows = [...found.map(rowOf), ...untrusted.map(untrustedRow), ...missing.map(([id, name]) => missingRow(id, name))]
      const shown = values.is('folders') ? [...COLUMNS, { title: 'FOLDER', text: ({ folder }: Row) => folder ?? '' }] : COLUMNS
      await printResult({ data: rows, text: () => table(rows, shown, paint, columns) })
      const [barred] = untrusted
      if (barred) say(`Not used, because nobody has trusted the project: wamux plugins trust ${shellQuote(barred.project)}`)
      const [first] = missing
      if (first) say(`To add one: wamux plugins add ${first[0]}`)
      return undefined
    },
  },
  commands: {
    trust,
    new: newPlugin,
    add: {
      about: 'install the plugin of a gateway',
      details: 'On a terminal it asks first. Where nobody can be asked it prints the command, and runs it with --yes.',
      args: { gateway: { about: 'waha, wawp, warest, sparkbot, or the name of a package', value: 'id', required: true } },
      flags: {
        yes: { about: 'do not ask' },
        run: { about: 'the same as --yes', hidden: true },
        print: { about: 'print the command instead of running it' },
      },
      examples: ['wamux plugins add warest', 'wamux plugins add warest --yes', 'wamux plugins add warest --print'],
      async run(context) {
        const { values, paint, printResult, say, signal, interactive } = context
        const asked = values.required('gateway')
        const name = Object.hasOwn(OFFICIAL, asked) ? OFFICIAL[asked] : asked
        // only the name of a package: flags, addresses and folders are refused
        if (!name || !/^(@[a-z0-9-]+\/)?[a-z0-9][a-z0-9._-]*(@[\w.^~-]+)?$/.test(name)) throw new UsageError(`"${asked}" is no plugin.`)
        const command = installCommand(packageFor(name), { file: import.meta.url, cwd: process.cwd() })
        const wanted = values.is('yes') || values.is('run')
        if (values.is('print') || (!wanted && !interactive)) {
          await printResult({ data: { command: command.join(' ') }, text: () => `${paint.bold(command.join(' '))}\n` })
          if (!values.is('print')) say('Run it, or let wamux do it: --yes')
          return undefined
        }
        if (!wanted) {
          const { confirmed } = await import('../../command/confirm.ts')
          const ended = await confirmed({ what: `runs: ${command.join(' ')}` }, context)
          if (ended !== undefined) return ended
        }
        say(`${command.join(' ')}`)
        return runInstall(command, signal)
      },
    },
  },
}

// a name with a scope or with wamux-plugin- is a package; any other name is the id of a gateway
function packageFor(name: string): string {
  return name.startsWith('@') || name.includes('wamux-plugin-') ? name : `wamux-plugin-${name}`
}

function rowOf(one: WorkingPlugin | BrokenPlugin): Row {
  const { id, source } = one
  const manifest = 'manifest' in one ? one.manifest : undefined
  return {
    id,
    package: source.name,
    version: versionOf(source.folder),
    name: manifest?.name ?? null,
    origin: source.origin,
    folder: source.folder,
    trusted: true,
    problem: 'reason' in one ? one.reason : null,
  }
}

function untrustedRow({ id, source, described }: UntrustedPlugin): Row {
  const { name, origin, folder } = source
  return { id, package: name, version: versionOf(folder), name: described?.name ?? null, origin, folder, trusted: false, problem: null }
}

function versionOf(folder: string): string | null {
  try {
    return packageJson(folder).version ?? null
  } catch {
    return null
  }
}

function missingRow(id: string, name: string): Row {
  return { id, package: name, version: null, name: null, origin: 'none', folder: null, trusted: true, problem: null }
}

import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from '../../command/command.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { OFFICIAL } from '../../gateway/plugin-packages.ts'
import { shellQuote } from '../../print/shell-quote.ts'
import { fs } from '../../terminal/node-fs.ts'

const TEMPLATE = join('templates', 'plugin')
export const newPlugin: Command = {
  about: 'a folder to write the plugin of another gateway in',
  details:
    'Makes wamux-plugin-ID with a document, two verbs, the conformance suite and a list of what is left to do. It needs no network; npm install in the new folder does. What a plugin is: docs/adding-a-gateway.md of the wamux repository.',
  args: {
    id: { about: 'id of the gateway: small letters, digits and hyphens', value: 'id', required: true },
    folder: { about: 'where; default wamux-plugin-ID in the current folder' },
  },
  examples: ['wamux plugins new acme', 'wamux plugins new acme ./plugins/acme'],
  async run({ values, plugins, paint, printResult }) {
    const id = values.required('id')
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
      throw new UsageError(
        `"${id}" cannot be the id of a gateway.`,
        'It starts with a small letter and has only small letters, digits and hyphens: acme-cloud',
      )
    }
    if (Object.hasOwn(OFFICIAL, id)) throw new UsageError(`${id} has a plugin: ${OFFICIAL[id]}.`, 'Take another id.')
    const folder = resolve(plugins.cwd, values.text('folder') ?? `wamux-plugin-${id}`)
    if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) {
      throw new UsageError(`${folder} is there already, and not empty.`, 'Name another folder: wamux plugins new ID FOLDER')
    }
    const source = templateFolder()
    const files = filesIn(source).map((file) => ({ from: join(source, file), to: join(folder, targetOf(file, id)) }))
    for (const { from, to } of files) {
      fs.mkdirSync(dirname(to), { recursive: true })
      fs.writeFileSync(to, written(fs.readFileSync(from, 'utf8'), id))
    }
    const steps = [`cd ${shellQuote(relative(plugins.cwd, folder) || '.')}`, 'npm install', 'npm run generate', 'npm test']
    const data = { id, folder, files: files.map(({ to }) => relative(folder, to)), next: steps }
    const text = `${paint.bold(folder)} is there, with ${files.length} files. Next:\n\n${steps.map((step) => `  ${step}\n`).join('')}\nnpm test fails with the list of what is left to do.\n`
    await printResult({ data, text: () => text })
    return undefined
  },
}

/** Beside the built command as beside its source. */
function templateFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = join(folder, TEMPLATE)
    if (fs.existsSync(found)) return found
    if (dirname(folder) === folder) throw new Error('wamux is installed without its templates. Install it again.')
  }
}

function filesIn(folder: string, within = ''): string[] {
  return fs.readdirSync(join(folder, within), { withFileTypes: true }).flatMap((entry) => {
    const path = join(within, entry.name)
    return entry.isDirectory() ? filesIn(folder, path) : [path]
  })
}

// npm packs no .gitignore; a package.json or a test in here would be taken for one of this package
function targetOf(file: string, id: string): string {
  return (file === 'gitignore' ? '.gitignore' : file.replace('.template.', '.')).replaceAll('acme', id)
}

// acme-cloud: package and id; AcmeCloud: types; ACME_CLOUD: environment variables
function written(text: string, id: string): string {
  const words = id.split('-')
  const pascal = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  return text.replaceAll('acme', id).replaceAll('Acme', pascal).replaceAll('ACME', words.join('_').toUpperCase())
}

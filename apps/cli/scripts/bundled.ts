import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

const app = join(import.meta.dirname, '..')

/** A library that has a copy in `dist`. */
export interface Bundled {
  readonly name: string
  readonly version: string
  readonly home: string
  readonly licence: string
}

/** The libraries that the bundler has put into `dist`; it names each file it takes in a comment. */
export function bundledLibraries(): readonly Bundled[] {
  const dist = join(app, 'dist')
  const code = readdirSync(dist).filter((name) => name.endsWith('.js'))
  const folders = code.flatMap((name) =>
    [
      ...readFileSync(join(dist, name), 'utf8').matchAll(
        /^\s*\/\/(?:#region)? ?((?:\.\.\/)*node_modules\/\S+?\/node_modules\/(?:@[^/\s]+\/)?[^/\s]+)\//gm,
      ),
    ].map(([, path = '']) => path),
  )
  const own = [...new Set(folders)].map((folder) => join(app, folder))
  const all = [...own, ...own.flatMap(smallParts)].map((folder) => realpathSync(folder))
  const libraries = [...new Set(all)].map(libraryIn)
  return libraries.sort((a, b) => a.name.replace('@', '').localeCompare(b.name.replace('@', '')))
}

// of what is no more than a line the bundler leaves no comment: clack's own parts
function smallParts(folder: string): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies?: object }
  const names = Object.keys(dependencies).filter((name) => /^fast-(string|wrap)/.test(name))
  const modules = folder.slice(0, folder.lastIndexOf('node_modules') + 'node_modules'.length)
  return names.map((name) => realpathSync(join(modules, name))).flatMap((one) => [one, ...smallParts(one)])
}

function libraryIn(folder: string): Bundled {
  const { name, version, repository, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    repository?: string | { url: string }
    homepage?: string
  }
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
  if (!file) throw new Error(`${name} has no licence in its package`)
  const source = (typeof repository === 'string' ? repository : repository?.url) ?? homepage ?? ''
  const home = source
    .replace(/^git\+/, '')
    .replace(/\.git$/, '')
    .replace(/^github:/, 'https://github.com/')
  return { name, version, home, licence: readFileSync(join(folder, file), 'utf8').replaceAll('\r', '').trim() }
}

/** The page that lists them with their licences. */
export function thirdPartyPage(libraries: readonly Bundled[]): string {
  const sections = libraries.map(({ name, version, home, licence }) => {
    const lines = licence.split('\n').map((line) => (line.trim() === '' ? '' : `    ${line.trimEnd()}`))
    return `## ${name} ${version}, ${home}\n\n${lines.join('\n')}\n`
  })
  return ['# Bundled software\n', 'The published `dist` holds copies of these libraries, each under its own licence.\n', ...sections].join(
    '\n',
  )
}

import { describe, expect, it } from 'vitest'
import { type Package, packages, publicPackages, read } from './workspace.ts'

const REPOSITORY = 'https://github.com/wamux/wamux'
const NAMES: Record<string, string> = { 'apps/cli': 'wamux', 'apps/n8n': 'n8n-nodes-wamux' }
/** The generator and the test of editors need an older compiler; see the READMEs of packages/codegen and tools/editor; tools/site reads doc comments with it. */
const OWN_VERSIONS: Record<string, string[]> = {
  'packages/codegen': ['openapi-typescript', 'typescript'],
  'tools/editor': ['typescript'],
  'tools/site': ['typescript'],
  bench: ['typescript'],
}

/** What is wrong with the metadata that npm shows and uses. */
function metadataProblems({ folder, manifest, files }: Package): string[] {
  const rules: [boolean, string][] = [
    [manifest.name === (NAMES[folder] ?? folder.replace('packages/', '@wamux/')), 'name does not follow from its folder'],
    [/^\d+\.\d+\.\d+$/.test(manifest.version), 'version'],
    [(manifest.description ?? '').length > 30, 'description'],
    [(manifest.keywords ?? []).includes('whatsapp'), 'keywords without "whatsapp"'],
    [manifest.license === 'MIT', 'license'],
    [manifest.homepage === `${REPOSITORY}/tree/main/${folder}#readme`, 'homepage'],
    [manifest.bugs === `${REPOSITORY}/issues`, 'bugs'],
    [manifest.repository?.url === `git+${REPOSITORY}.git` && manifest.repository.type === 'git', 'repository'],
    // n8n's rules for nodes do not allow it
    [manifest.repository?.directory === (folder === 'apps/n8n' ? undefined : folder), 'repository.directory'],
    [manifest.engines?.node === '>=20.19', 'engines.node'],
    [['dist', 'README.md', 'CHANGELOG.md'].every((one) => manifest.files?.includes(one)), 'files without dist, README.md or CHANGELOG.md'],
    [manifest.publishConfig?.access === 'public' && manifest.publishConfig.provenance === true, 'publishConfig'],
    [files.includes('README.md'), 'no README.md'],
    [files.includes('CHANGELOG.md') || manifest.version === '0.0.0', 'released without CHANGELOG.md'],
    [manifest.scripts?.prepublishOnly === 'node ../../scripts/publish-guard.mjs', 'no guard against publishing an unchecked build'],
    ...['build', 'typecheck', 'test'].map((script): [boolean, string] => [Boolean(manifest.scripts?.[script]), `no script ${script}`]),
  ]
  return rules.filter(([fine]) => !fine).map(([, problem]) => problem)
}

/** What is wrong with the exports of a library. */
function exportProblems({ manifest, files }: Package): string[] {
  const entries = Object.entries(manifest.exports ?? {})
  const problems: string[] = []
  if (manifest.type !== 'module') problems.push('type')
  if (manifest.sideEffects !== false) problems.push('sideEffects')
  if (entries[0]?.[0] !== '.') problems.push('exports do not start with "."')
  if (entries.at(-1)?.[0] !== './package.json') problems.push('exports do not end with "./package.json"')
  for (const [key, target] of entries) {
    if (typeof target === 'string') {
      const document = /^\.\/openapi\//.test(target) && files.includes(target.replace('./', ''))
      if (!document && (key !== './package.json' || target !== key)) problems.push(`${key}: conditions are missing`)
      continue
    }
    const { '@wamux/source': source = '', types = '', node, default: main = '' } = target
    // what Node loads at every start is one file for all of these entries: tsdown.base.ts
    const conditions = node === './dist/node.js' ? '@wamux/source,types,node,default' : '@wamux/source,types,default'
    if (Object.keys(target).join() !== conditions) problems.push(`${key}: conditions or their order`)
    if (!files.includes(source.replace('./', ''))) problems.push(`${key}: ${source} does not exist`)
    if (!/^\.\/dist\/[a-z-]+\.d\.ts$/.test(types) || main !== types.replace('.d.ts', '.js')) problems.push(`${key}: types and default`)
  }
  return problems
}

/** Workspace packages by `workspace:^`, everything else from the catalog. */
function dependencyProblems({ folder, manifest }: Package): string[] {
  const names = new Set(packages.map((one) => one.manifest.name))
  const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
  return all
    .filter(([name, range]) => !OWN_VERSIONS[folder]?.includes(name) && range !== (names.has(name) ? 'workspace:^' : 'catalog:'))
    .map(([name, range]) => `${name}: ${range}`)
}

describe.each(publicPackages.map((one) => ({ ...one, name: one.manifest.name })))('$name', (one) => {
  it('says on npm what it is and where it lives', () => {
    expect(metadataProblems(one)).toEqual([])
  })

  if (one.folder.startsWith('packages/')) {
    it('exports source, types and code of every entry', () => {
      expect(exportProblems(one)).toEqual([])
    })
  }
})

it.each(packages)('$folder takes its dependencies from the workspace or the catalog', (one) => {
  expect(dependencyProblems(one)).toEqual([])
})

it('sees wrong metadata, exports and dependencies', () => {
  const core = packages.find(({ folder }) => folder === 'packages/core')
  if (!core) throw new Error('packages/core is missing')
  const { license, ...manifest } = core.manifest
  const entry = { types: './dist/index.d.ts', '@wamux/source': './src/nowhere.ts', default: './dist/index.js' }
  const wrong: Package = {
    ...core,
    manifest: { ...manifest, exports: { './package.json': './package.json', '.': entry }, dependencies: { 'openapi-fetch': '^0.17.0' } },
  }
  expect(metadataProblems(wrong)).toContain('license')
  expect(exportProblems(wrong)).toEqual([
    'exports do not start with "."',
    'exports do not end with "./package.json"',
    '.: conditions or their order',
    '.: ./src/nowhere.ts does not exist',
  ])
  expect(dependencyProblems(wrong)).toEqual(['openapi-fetch: ^0.17.0'])
})

/** Checked by `repo:typecheck:apart`: they have compiler options of their own. */
const CHECKED_APART: readonly string[] = ['apps/n8n']

/** Folders that the type check of a package has, and that of the whole workspace lacks. */
function uncheckedFolders(folder: string, own: readonly string[], workspace: readonly string[]): string[] {
  const covered = workspace.map((pattern) => new RegExp(`^${pattern.replaceAll('*', '[^/]+')}$`))
  return own.map((inner) => `${folder}/${inner}`).filter((path) => !covered.some((pattern) => pattern.test(path)))
}

describe('npm test checks the types of all packages at once', () => {
  const includes = (file: string): string[] => JSON.parse(read(file)).include
  const workspace = includes('tsconfig.workspace.json')

  it.each(packages.map(({ folder }) => folder).filter((folder) => !CHECKED_APART.includes(folder)))('%s', (folder) => {
    expect(uncheckedFolders(folder, includes(`${folder}/tsconfig.json`), workspace)).toEqual([])
  })

  it('sees a folder that is left out', () => {
    expect(uncheckedFolders('packages/waha', ['src', 'scripts'], workspace)).toEqual(['packages/waha/scripts'])
  })
})

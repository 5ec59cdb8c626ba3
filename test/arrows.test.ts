import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf, isCode, isTest, type Package, packages, plugins, read } from './workspace.ts'

const PLUGINS = plugins.map((id) => `@wamux/${id}`)
const TABLES = PLUGINS.flatMap((name) => [`${name}/event-types`, `${name}/manifest`, `${name}/operations`])

// biome-ignore lint/suspicious/noTemplateCurlyInString: tools/budgets writes programs in which these very characters stand
const MEASURED = ['${id}', '${id}/client', 'waha/client', 'wawp/client'].map((name) => `@wamux/${name}`)

/** What the source of a package may import of ours, subpaths included; `test` is what its tests may import besides. */
interface Rule {
  source: readonly string[]
  test?: readonly string[]
}

const RULES: Record<string, Rule> = {
  'packages/core': { source: [], test: ['@wamux/testkit'] },
  'packages/engine': { source: ['@wamux/core'], test: ['@wamux/testkit'] },
  'packages/node-transport': { source: ['@wamux/core'] },
  'packages/outbox': { source: ['@wamux/core'], test: ['@wamux/emulator', '@wamux/postgres-server', ...PLUGINS] },
  'packages/testkit': { source: ['@wamux/core'], test: ['@wamux/emulator', ...PLUGINS] },
  // of testkit types only: what its tests see of phones
  'packages/emulator': { source: ['@wamux/core', '@wamux/testkit', ...TABLES], test: PLUGINS },
  'apps/cli': {
    source: ['@wamux/core', '@wamux/node-transport', '@wamux/outbox', '@wamux/emulator', ...PLUGINS, ...TABLES],
    test: ['@wamux/testkit', '@wamux/postgres-server'],
  },
  'apps/n8n': { source: ['@wamux/core', ...PLUGINS, ...TABLES], test: ['@wamux/emulator', '@wamux/testkit'] },
  'packages/codegen': { source: ['@wamux/core'] },
  'tools/document-server': { source: ['@wamux/core'], test: PLUGINS },
  'tools/fault-server': { source: ['@wamux/core', '@wamux/node-transport', '@wamux/document-server'], test: PLUGINS },
  'tools/postgres-server': { source: [] },
  // it writes programs that import whichever plugin is measured
  'tools/budgets': { source: ['@wamux/core', '@wamux/document-server', ...PLUGINS, ...TABLES, ...MEASURED], test: PLUGINS },
  // its tests open programs that import the plugins, as an editor does
  'tools/editor': { source: [], test: [...MEASURED, ...PLUGINS] },
  'tools/site': { source: ['@wamux/core', ...TABLES] },
  bench: { source: ['@wamux/core', '@wamux/node-transport', '@wamux/outbox', '@wamux/postgres-server', ...PLUGINS] },
}
const PLUGIN: Rule = {
  source: ['@wamux/core', '@wamux/engine'],
  test: ['@wamux/testkit', '@wamux/emulator', '@wamux/document-server', '@wamux/fault-server'],
}
for (const id of plugins) RULES[`packages/${id}`] = PLUGIN

/** The imports of a file that point where no arrow goes. */
function wrongImports(folder: string, file: string, code: string, rule: Rule): string[] {
  const own = `@wamux/${posix.basename(folder)}`
  const allowed = isTest(`${folder}/${file}`) ? [...rule.source, ...(rule.test ?? []), own] : rule.source
  const whole = allowed.filter((one) => one.split('/').length === 2)
  return importsOf(code).filter((target) => {
    if (target.startsWith('.')) return posix.join(posix.dirname(file), target).startsWith('..')
    if (target === 'wamux' || target.startsWith('n8n-nodes-')) return true
    if (!target.startsWith('@wamux/')) return false
    return !allowed.includes(target) && !whole.some((one) => target.startsWith(`${one}/`))
  })
}

function wrongDependencies({ manifest }: Package, rule: Rule): string[] {
  // a plugin whose table is imported is a dependency as a whole
  const allowed = rule.source.map((one) => one.split('/').slice(0, 2).join('/'))
  return Object.keys(manifest.dependencies ?? {}).filter(
    (name) => (name.startsWith('@wamux/') || name === 'wamux') && !allowed.includes(name),
  )
}

describe.each(packages)('$folder', (one) => {
  const rule = RULES[one.folder]

  it('is known to this test', () => {
    expect(rule).toBeDefined()
  })

  it('imports only what the arrows allow', () => {
    const wrong = one.files
      .filter((file) => isCode(file) && /^(src|test)\//.test(file))
      .flatMap((file) =>
        wrongImports(one.folder, file, read(`${one.folder}/${file}`), rule ?? { source: [] }).map((target) => `${file} imports ${target}`),
      )
    expect(wrong).toEqual([])
    expect(wrongDependencies(one, rule ?? { source: [] })).toEqual([])
  })
})

it('sees imports against the arrows', () => {
  const wrong = (folder: string, file: string, code: string) => wrongImports(folder, file, code, RULES[folder] ?? { source: [] })
  expect(wrong('packages/core', 'src/a.ts', `import type { A } from '@wamux/waha'`)).toEqual(['@wamux/waha'])
  expect(wrong('packages/waha', 'src/a.ts', `const a = await import('@wamux/wawp/operations')`)).toEqual(['@wamux/wawp/operations'])
  expect(wrong('packages/waha', 'src/a.ts', `export { a } from '../../core/src/index.ts'`)).toEqual(['../../core/src/index.ts'])
  expect(wrong('packages/waha', 'src/a.ts', `import '@wamux/testkit'`)).toEqual(['@wamux/testkit'])
  expect(wrong('packages/waha', 'test/a.test.ts', `import '@wamux/testkit'\nimport 'wamux'`)).toEqual(['wamux'])
  expect(wrong('packages/emulator', 'src/a.ts', `import { createWaha } from "@wamux/waha"`)).toEqual(['@wamux/waha'])
  expect(wrong('packages/emulator', 'src/a.ts', `import { operations } from '@wamux/waha/operations'`)).toEqual([])
  expect(wrong('packages/core', 'src/a.ts', `import '@wamux/engine'`)).toEqual(['@wamux/engine'])
  expect(wrong('packages/engine', 'src/a.ts', `import '@wamux/core/verbs'\nimport '@wamux/waha'`)).toEqual(['@wamux/waha'])
  expect(wrong('packages/core', 'src/a.ts', `// import '@wamux/waha'\n/** from '@wamux/waha' */`)).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { files, isCode, isTest, plugins, read, root, withoutComments } from './workspace.ts'

/** Core and plugins run anywhere and are replayed in tests, so they get these from outside. */
const FORBIDDEN = [
  /\bprocess\s*\.\s*env\b|\bimport\.meta\.env\b/,
  /['"](?:node:)?fs(?:\/promises)?['"]/,
  /\bDate\s*\.\s*now\b|\bnew\s+Date\s*\(\s*\)|\bperformance\s*\.\s*now\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\bMath\s*\.\s*random\b/,
]

/** The places that may, each with its reason. */
const ALLOWED: Record<string, { what: RegExp; reason: string }> = {
  'packages/core/src/time/clock.ts': { what: /^(Date\.now|setTimeout)$/, reason: 'the one clock, docs/decisions/0002-one-clock.md' },
  'packages/core/src/request/transport.ts': { what: /^Math\.random$/, reason: 'default of the parameter `random`, for jitter' },
}

function reaches(file: string, code: string): string[] {
  const found = FORBIDDEN.flatMap((pattern) => [...withoutComments(code).matchAll(new RegExp(pattern, 'g'))].map(([text]) => text))
  return found.filter((text) => !ALLOWED[file]?.what.test(text)).map((text) => `${file}: ${text}`)
}

describe('core and plugins', () => {
  const sources = files.filter(
    (file) => ['core', 'engine', ...plugins].some((id) => file.startsWith(`packages/${id}/src/`)) && isCode(file) && !isTest(file),
  )

  it('never reach for environment, files, time or chance themselves', () => {
    expect(sources.length).toBeGreaterThan(20)
    expect(sources.flatMap((file) => reaches(file, read(file)))).toEqual([])
  })

  it('need every exception that is listed', () => {
    const unused = Object.entries(ALLOWED).filter(([file, { what }]) => {
      const code = sources.includes(file) ? withoutComments(read(file)) : ''
      return !FORBIDDEN.some((pattern) => [...code.matchAll(new RegExp(pattern, 'g'))].some(([text]) => what.test(text)))
    })
    expect(unused).toEqual([])
  })

  it.each([
    'const a = process.env.TOKEN',
    `import { readFile } from 'node:fs/promises'`,
    'const at = Date.now()',
    'const at = new Date()',
    'setTimeout(go, 1)',
    'const jitter = Math.random()',
  ])('would be caught with: %s', (code) => {
    expect(reaches('packages/waha/src/plugin.ts', code)).toHaveLength(1)
    expect(reaches('packages/waha/src/plugin.ts', `// ${code}\n/* ${code} */`)).toEqual([])
  })
})

// put together here, so that this file does not hold what it looks for
const HOSTS = ['registry+npmjs', 'registry+yarnpkg', 'registry+npmmirror', 'npm+pkg.github', 'deb+debian'].map(
  (host) => `${host.replace('+', '.')}.`,
)
const FOLDERS = ['work', 'root'].map((name) => `/${name}/`).concat(`${root}/`)
const SIBLING = ['design\\.md', 'specs', 'knowledge', 'recordings', 'hooks'].map((name) => `\\bshared/${name}\\b`)

/** Names that mean something on one machine only. */
function localNames(text: string): string[] {
  return [
    ...HOSTS.filter((host) => text.includes(host)),
    ...FOLDERS.filter((folder) => new RegExp(`(^|[\\s"'\`(=:])${folder.replaceAll('.', '\\.')}`, 'm').test(text)),
    ...SIBLING.filter((pattern) => new RegExp(pattern).test(text)),
  ]
}

describe('every file of the repository', () => {
  it('names no registry host, no folder of one machine and no file outside', () => {
    const texts = files.filter((file) => !/\.(png|gif|jpg|ico|woff2?)$/.test(file))
    expect(texts.length).toBeGreaterThan(50)
    expect(texts.flatMap((file) => localNames(read(file)).map((name) => `${file}: ${name}`))).toEqual([])
  })

  it('locks dependencies without saying where they come from', () => {
    expect(read('pnpm-lock.yaml')).not.toMatch(/https?:\/\//)
  })

  it('would be caught with such a name', () => {
    expect(localNames(`resolved: https://${HOSTS[0]}org/x.tgz`)).toHaveLength(1)
    expect(localNames(`cd ${FOLDERS[0]}main`)).toHaveLength(1)
    expect(localNames(`see ../${'shared'}/knowledge/waha.md`)).toHaveLength(1)
    expect(localNames(`/api/${'work'}/list and src/shared/index.ts`)).toEqual([])
  })
})

import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkBlocks, modulesOf, type Page } from './code-blocks.ts'
import { files, read, root } from './workspace.ts'

const pages: Page[] = files
  .filter((file) => file.endsWith('.md') && !file.endsWith('CHANGELOG.md'))
  .map((file) => ({ file, text: read(file) }))

const withoutCode = (text: string) => text.replace(/^\s*```[\s\S]*?^\s*```/gm, '').replace(/`[^`\n]*`/g, '')

/** Links of a page that lead to no file. */
function deadLinks({ file, text }: Page): string[] {
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return links
    .filter((target) => !/^[a-z]+:|^#/.test(target))
    .filter((target) => {
      const path = posix.join(posix.dirname(file), target.replace(/#.*$/, ''))
      return path.startsWith('..') || !existsSync(join(root, path))
    })
    .map((target) => `${file}: ${target}`)
}

/** Pages that tell contributors where things are. */
const FOR_CONTRIBUTORS = ['AGENTS.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/openapi-documents.md', 'docs/updating-a-spec.md']
const SHORT: readonly (readonly [begin: string, folder: string])[] = [
  ['core/', 'packages/core/src/'],
  ['engine/', 'packages/engine/src/'],
  ['waha/', 'packages/waha/src/'],
  ['cli/', 'apps/cli/src/'],
]

/** Files with a path in backticks that do not exist. A path may leave out its beginning, as `docs/architecture.md` explains. */
function missingFiles({ file, text }: Page): string[] {
  const paths = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:ts|mjs|ya?ml|json))`/g)].map(([, path = '']) => path)
  return paths
    .filter((path) => !path.startsWith('dist/'))
    .filter((path) => {
      const [begin, folder] = SHORT.find(([one]) => path.startsWith(one)) ?? ['', '']
      const whole = folder + path.slice(begin.length)
      return !files.some((one) => one === whole || one.endsWith(`/${whole}`))
    })
    .map((path) => `${file}: ${path}`)
}

describe('pages', () => {
  it('show code that type-checks', () => {
    expect(checkBlocks(pages)).toEqual([])
  })

  it('link to files that exist', () => {
    expect(pages.flatMap(deadLinks)).toEqual([])
  })

  it('name files that exist', () => {
    const named = pages.filter(({ file }) => FOR_CONTRIBUTORS.includes(file))
    expect(named).toHaveLength(FOR_CONTRIBUTORS.length)
    expect(named.flatMap(missingFiles)).toEqual([])
  })
})

describe('the check itself', () => {
  const page = (...lines: string[]): Page => ({ file: 'docs/example.md', text: lines.join('\n') })

  it('finds a wrong block, by page and line', () => {
    const wrong = page('# Title', '```ts', `import { systemClock } from '@wamux/core'`, 'const now: string = systemClock.now()', '```')
    expect(checkBlocks([wrong])).toEqual([expect.stringMatching(/^docs\/example\.md:4: TS2322: .*'number'.*'string'/)])
  })

  it('finds an import that is not there', () => {
    const wrong = page('```ts', `import { nothingOfTheKind } from '@wamux/core'`, 'nothingOfTheKind()', '```')
    expect(checkBlocks([wrong])).toEqual([expect.stringMatching(/^docs\/example\.md:2: TS2305/)])
  })

  it('reads on over blocks without imports, and starts anew at an import', () => {
    const text = ['```ts', `import { a } from 'a'`, '```', 'and', '```ts', 'a()', '```', '```sh', 'no', '```', '```ts', `import 'b'`, '```']
    expect(modulesOf(text.join('\n')).map((module) => module.split('\n').filter(Boolean))).toEqual([
      [`import { a } from 'a'`, 'a()'],
      [`import 'b'`],
    ])
  })

  it('finds a file that is not there', () => {
    const text = 'In `core/request/send.ts`, `core/request/gone.ts`, `scripts/toolchain.mjs` and `scripts/gone.mjs`.'
    expect(missingFiles({ file: 'a.md', text })).toEqual(['a.md: core/request/gone.ts', 'a.md: scripts/gone.mjs'])
  })

  it('finds a dead link', () => {
    expect(deadLinks(page('[a](nowhere.md) [b](../README.md#x) [c](https://example.com) `[d](nowhere.md)`', '[e](../../out.md)'))).toEqual(
      ['docs/example.md: nowhere.md', ...(existsSync(join(root, 'README.md')) ? [] : ['docs/example.md: ../README.md#x'])].concat(
        'docs/example.md: ../../out.md',
      ),
    )
  })
})

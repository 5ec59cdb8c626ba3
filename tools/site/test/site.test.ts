import { operations } from '@wamux/waha/operations'
import { describe, expect, it } from 'vitest'
import { siteLinks } from '../src/links.ts'
import { llmsText } from '../src/llms.ts'
import { cell, plain, table } from '../src/markdown.ts'
import { operationPages } from '../src/operation-pages.ts'

const PAGES = new Map([
  ['docs/guide.md', 'guide'],
  ['docs/gateways/waha.md', 'gateways/waha'],
  ['docs/decisions/README.md', 'decisions/index'],
  ['apps/cli/README.md', 'cli'],
])

describe('links of a page', () => {
  const links = (text: string, file = 'docs/guide.md') => siteLinks(text, file, PAGES).text

  it.each([
    ['[a](gateways/waha.md#quirks)', '[a](/gateways/waha#quirks)'],
    ['[a](../apps/cli)', '[a](/cli)'],
    ['[a](decisions/README.md)', '[a](/decisions/)'],
    ['[a](../packages/core/src/index.ts)', '[a](https://github.com/wamux/wamux/blob/main/packages/core/src/index.ts)'],
    ['[a](../packages/core)', '[a](https://github.com/wamux/wamux/tree/main/packages/core)'],
    ['[a](https://github.com/wamux/wamux/blob/main/docs/guide.md#x)', '[a](/guide#x)'],
    ['[a](#here) [b](https://example.org/x)', '[a](#here) [b](https://example.org/x)'],
  ])('%s', (before, after) => expect(links(before)).toBe(after))

  it('leaves code alone', () => {
    const block = '```sh\n[a](gateways/waha.md)\n```'
    expect(links(block)).toBe(block)
  })

  it('brings pictures along, also those with an address on GitHub', () => {
    const { text, pictures } = siteLinks(
      '![a](docs/panel.png) ![b](https://raw.githubusercontent.com/wamux/wamux/main/apps/n8n/docs/b.png)',
      'apps/n8n/README.md',
      PAGES,
    )
    expect(text).toBe('![a](/pictures/apps-n8n-docs-panel.png) ![b](/pictures/apps-n8n-docs-b.png)')
    expect([...pictures.values()]).toEqual(['apps/n8n/docs/panel.png', 'apps/n8n/docs/b.png'])
  })
})

describe('text in Markdown', () => {
  it('shows what VitePress would take for HTML or code, but not inside of code', () => {
    expect(plain('a <b> {{ c }} `<d> {{ e }}`')).toBe('a &lt;b> &#123;&#123; c }} `<d> {{ e }}`')
  })

  it('keeps a cell in its row', () => {
    expect(cell('a | b\n  c')).toBe('a \\| b c')
    expect(table(['x'], [])).toBe('')
  })
})

describe('the reference of operations', () => {
  const pages = operationPages('waha', 'WAHA', operations)
  const text = [...pages.values()].join('\n')

  it('has every operation once', () => {
    const anchors = [...text.matchAll(/\{#([\w-]+)\}/g)].map((match) => match[1])
    expect(anchors.toSorted()).toEqual(
      Object.keys(operations.operations)
        .map((id) => id.replaceAll('.', '-'))
        .toSorted(),
    )
  })

  it('says what repeating does, who notices, and what the input is', () => {
    const page = pages.get('gateways/waha/messages') ?? ''
    const section = page.slice(page.indexOf('{#messages-sendText}')).split('\n## ')[0] ?? ''
    expect(section).toContain('Repeating it sends again; other people see it.')
    expect(section).toContain('| `chatId` (required) | string | body |')
    expect(section).toContain('Portable: `message.sendText`.')
  })

  it('has what the vendor advises against at the end of its page', () => {
    const page = pages.get('gateways/waha/messages') ?? ''
    expect(page.indexOf('{#messages-sendTextGet}')).toBeGreaterThan(page.indexOf('{#messages-sendPoll}'))
  })
})

it('llms.txt has the first sentence of each page', () => {
  const sections = [{ label: 'Start', pages: [{ page: 'guide', file: '', label: 'Guide' }] }]
  const texts = new Map([['guide', '# Guide\n\n```ts\nconst x = 1\n```\n\nHow to [write](/x) with\nwamux. More.']])
  expect(llmsText(sections, texts)).toContain('## Start\n\n- [Guide](/guide.md): How to write with wamux.\n')
})

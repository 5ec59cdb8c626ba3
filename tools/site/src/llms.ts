import type { Section } from './site-map.ts'

/**
 * `llms.txt`: what the site has, for language models (llmstxt.org).
 *
 * @param sections of the side bar
 * @param texts the pages' Markdown, for the first sentence of each
 */
export function llmsText(sections: readonly Section[], texts: ReadonlyMap<string, string>): string {
  const parts = sections.map(({ label, pages }) => {
    const lines = pages.map(({ page, label: name }) => `- [${name}](/${page}.md)${colon(firstSentence(texts.get(page) ?? ''))}`)
    return `## ${label}\n\n${lines.join('\n')}\n`
  })
  return `# wamux\n\n> One typed contract over the HTTP gateways that hold WhatsApp sessions: WAHA, Wawp, WARest and SparkBot. Plugins, a command line, n8n nodes, an emulator.\n\n${parts.join('\n')}`
}

function firstSentence(text: string): string {
  const paragraphs = text.replaceAll(/^```[\s\S]*?^```$/gm, '').split(/\n\s*\n/)
  const first = (paragraphs.find((one) => /^[A-Z`[]/.test(one)) ?? '').replaceAll(/\s+/g, ' ')
  return (/^.*?[.:](?=\s|$)/.exec(first)?.[0] ?? first).replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

function colon(text: string): string {
  return text ? `: ${text}` : ''
}

// Written without patterns that look ahead for an end that may be missing: such a pattern would look through the whole text once for each
// beginning, and error pages are written by strangers.

/** What a web page says: its title and text. */
export function htmlText(html: string): string {
  const title = elementText(html, 'title') ?? ''
  const body = innerOf(html, 'body', true)
  const heading = markupText(body || withoutElement(html, 'title'))
  if (!title || heading.startsWith(title)) return heading || title
  // a title that says nothing ("Error") gives way to the text
  return /^errors?$/i.test(title) ? heading || title : heading ? `${title}: ${heading}` : title
}

/** The text of the first element of a name; `undefined` where there is none, or nothing in it. */
export function elementText(markup: string, name: string): string | undefined {
  const inner = innerOf(markup, name)
  return inner === undefined ? undefined : markupText(inner) || undefined
}

/** Markup as text: without tags, scripts and styles. */
export function markupText(markup: string): string {
  const lower = lowerCase(markup)
  // looked for once: behind the last end there is none to look for
  const lastEnds = new Map(['script', 'style', ']]>'].map((name) => [name, lower.lastIndexOf(name === ']]>' ? name : `</${name}>`)]))
  const parts: string[] = []
  let at = 0
  while (at < markup.length) {
    const open = markup.indexOf('<', at)
    if (open < 0) break
    parts.push(markup.slice(at, open))
    if (lower.startsWith('<![cdata[', open) && open < (lastEnds.get(']]>') ?? -1)) {
      const unwrapped = markup.indexOf(']]>', open)
      parts.push(markup.slice(open + '<![CDATA['.length, unwrapped))
      at = unwrapped + 3
      continue
    }
    const end = endOfTag(lower, open, lastEnds)
    // no tag ends any more: the rest is text
    if (end < 0) {
      at = open
      break
    }
    parts.push(' ')
    at = end
  }
  parts.push(markup.slice(at))
  return decodeEntities(parts.join('')).replace(/\s+/g, ' ').trim()
}

/** Behind a tag, or behind the whole element where that is a script or style. */
function endOfTag(lower: string, open: number, lastEnds: ReadonlyMap<string, number>): number {
  const skipped = ['script', 'style'].find((name) => lower.startsWith(name, open + 1) && open < (lastEnds.get(name) ?? -1))
  if (skipped !== undefined) return lower.indexOf(`</${skipped}>`, open) + skipped.length + 3
  const end = lower.indexOf('>', open)
  return end < 0 ? -1 : end + 1
}

/** What is between the first tags of a name. @param toTheEnd also where the closing tag is missing */
function innerOf(markup: string, element: string, toTheEnd = false): string | undefined {
  const lower = lowerCase(markup)
  const name = element.toLowerCase()
  const start = startOf(lower, name)
  const inner = start < 0 ? -1 : lower.indexOf('>', start) + 1
  if (inner <= 0) return undefined
  const end = lower.indexOf(`</${name}>`, inner)
  if (end < 0 && !toTheEnd) return undefined
  return end < 0 ? markup.slice(inner) : markup.slice(inner, end)
}

function withoutElement(markup: string, name: string): string {
  const lower = lowerCase(markup)
  const start = startOf(lower, name)
  const end = start < 0 ? -1 : lower.indexOf(`</${name}>`, start)
  return end < 0 ? markup : markup.slice(0, start) + markup.slice(end + name.length + 3)
}

function startOf(lower: string, name: string): number {
  for (let at = lower.indexOf(`<${name}`); at >= 0; at = lower.indexOf(`<${name}`, at + 1)) {
    if (/[\s>/]/.test(lower.charAt(at + name.length + 1))) return at
  }
  return -1
}

// `toLowerCase` makes two characters of some, and then the places in both texts would differ
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function decodeEntities(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
}

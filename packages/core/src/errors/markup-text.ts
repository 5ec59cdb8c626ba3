// No regular expressions that search for a closing part: where it is missing, such an expression reads the whole rest of the text again for
// every opening part, and error pages are input that anybody may have written.

/** Title and text of a web page. */
export function htmlText(html: string): string {
  const title = elementText(html, 'title') ?? ''
  const body = innerOf(html, 'body', true)
  const heading = markupText(body || withoutElement(html, 'title'))
  if (!title || heading.startsWith(title)) return heading || title
  // a title like "Error" says nothing: then the text alone
  return /^errors?$/i.test(title) ? heading || title : heading ? `${title}: ${heading}` : title
}

/** The text of the first element with a name; `undefined` when there is none, or it is empty. */
export function elementText(markup: string, name: string): string | undefined {
  const inner = innerOf(markup, name)
  return inner === undefined ? undefined : markupText(inner) || undefined
}

/** Markup as text: without tags, scripts and styles. */
export function markupText(markup: string): string {
  const lower = lowerCase(markup)
  // the last closing parts, searched once: an opening part behind them is never closed
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
    // this tag is never closed: the rest is text
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

/** Index behind a tag, or behind the whole element for a script or style; -1 when it is not closed. */
function endOfTag(lower: string, open: number, lastEnds: ReadonlyMap<string, number>): number {
  const skipped = ['script', 'style'].find((name) => lower.startsWith(name, open + 1) && open < (lastEnds.get(name) ?? -1))
  if (skipped !== undefined) return lower.indexOf(`</${skipped}>`, open) + skipped.length + 3
  const end = lower.indexOf('>', open)
  return end < 0 ? -1 : end + 1
}

/**
 * The markup within the first element with a name.
 *
 * @param toTheEnd true: without a closing tag the element reaches to the end of the text
 */
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

/** Only A to Z in lower case: `toLowerCase` turns some characters into two, and then the indexes of both texts would differ. */
export function lowerCase(text: string): string {
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

import { posix } from 'node:path'

/** The repository, for links to what the site does not have. */
export const REPOSITORY = 'https://github.com/wamux/wamux'

/** What a page asks of its surroundings. */
export interface Links {
  /** The page with its links changed: to pages of the site, or to GitHub. */
  readonly text: string
  /** Pictures that it shows: file of the repository, by its place on the site. */
  readonly pictures: ReadonlyMap<string, string>
}

const LINK = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g
const OWN = [`${REPOSITORY}/blob/main/`, `${REPOSITORY}/tree/main/`, 'https://raw.githubusercontent.com/wamux/wamux/main/']

/**
 * Makes a Markdown file of the repository a page of the site.
 *
 * @param text of the file
 * @param file its path in the repository
 * @param pages place on the site of each file that is a page
 */
export function siteLinks(text: string, file: string, pages: ReadonlyMap<string, string>): Links {
  const pictures = new Map<string, string>()
  const changed = outsideCode(text, (part) =>
    part.replaceAll(LINK, (whole, bang: string, label: string, target: string) => {
      const local = inRepository(target, file)
      if (local === undefined) return whole
      const [path = '', anchor = ''] = local.split(/(?=#)/)
      if (bang) {
        const place = `pictures/${path.replaceAll('/', '-')}`
        pictures.set(place, path)
        return `![${label}](/${place})`
      }
      const page = pages.get(path) ?? pages.get(`${path}/README.md`)
      if (page !== undefined) return `[${label}](/${page.replace(/(^|\/)index$/, '$1')}${anchor})`
      return `[${label}](${REPOSITORY}/${posix.extname(path) ? 'blob' : 'tree'}/main/${path}${anchor})`
    }),
  )
  return { text: changed, pictures }
}

/** The path in the repository that a link leads to; undefined for links inside the page and to other hosts. */
function inRepository(target: string, file: string): string | undefined {
  if (target.startsWith('#')) return undefined
  const own = OWN.find((start) => target.startsWith(start))
  if (own) return target.slice(own.length)
  if (/^[a-z][a-z+.-]*:/i.test(target)) return undefined
  return posix.normalize(posix.join(posix.dirname(file), target)).replace(/\/$/, '')
}

/** Changes what is not in blocks of code. */
export function outsideCode(text: string, change: (part: string) => string): string {
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')
}

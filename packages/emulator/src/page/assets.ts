import { readdir, readFile } from 'node:fs/promises'
import { problem } from '../control/routes.ts'
import { Answer } from '../wire/answer.ts'

/** The built files of the page. */
export interface Assets {
  /** @param name of a file, or `index.html` */
  answer(name: string): Promise<Answer>
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
  ['txt', 'text/plain; charset=utf-8'],
])

/** No inline script or style, nothing from another host, no frame around it, no form to elsewhere. */
export const PAGE_POLICY: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

/** Where `vite build` put them: beside the built package, or in it when the sources run. */
function folder(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? '../../dist/page/' : './page/', import.meta.url)
}

/**
 * Files are read when they are asked for first.
 *
 * @param from folder of the built page
 */
export function createAssets(from: URL = folder()): Assets {
  const read = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  let names: Promise<ReadonlySet<string>> | undefined

  return {
    async answer(name) {
      // a name is compared with what is there and never leads out of the folder
      names ??= readdir(from).then(
        (found) => new Set(found),
        () => new Set(),
      )
      const known = await names
      if (!known.has('index.html')) {
        names = undefined
        return problem(503, 'not_built', 'the page is not built: run npm run build')
      }
      const type = TYPES.get(name.split('.').at(-1) ?? '')
      if (!known.has(name) || type === undefined) return problem(404, 'not_found', `the page has no file ${name}`)
      const bytes = read.get(name) ?? readFile(new URL(name, from)).then((file) => new Uint8Array(file))
      read.set(name, bytes)
      // names of scripts and styles change with their content
      const cache = name === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable'
      return new Answer(200, { ...HEADERS, 'content-type': type, 'cache-control': cache }, await bytes)
    },
  }
}

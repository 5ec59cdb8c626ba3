import { expectLinear, repeated } from '@wamux/testkit/growth'
import { plainPath } from '../src/commands/api/plain-path.ts'

/** Respellings of a path that a server, a proxy or `fetch` may take for the same. @param path filled in, `/api/sessions/x` */
export function spellings(path: string): string[] {
  const parts = path.split('/').slice(1)
  const last = parts.length - 1
  const join = (segments: readonly string[]) => `/${segments.join('/')}`
  const each = (change: (part: string, index: number) => string) => join(parts.map(change))
  const encodeFirst = (text: string) => `%${text.charCodeAt(0).toString(16).padStart(2, '0')}${text.slice(1)}`
  const encodeAll = (text: string) => [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('')
  const again = (text: string) => text.replaceAll('%', '%25')
  const onLiteral = (change: (part: string) => string) => each((part, index) => (index === 0 || index === last ? change(part) : part))
  return [
    path,
    `${path}/`,
    `${path}//`,
    `${path}/.`,
    `${path}/./`,
    `${path}/x/..`,
    `${path}/%2e`,
    `${path}/x/%2e%2e`,
    `${path}/x/.%2E`,
    `/${path}`,
    `//${path}`,
    `/.${path}`,
    `/x/..${path}`,
    `/../..${path}`,
    `/%2e%2e${path}`,
    `/%252e%252e${path}`,
    each((part, index) => (index === last ? `.//${part}` : part)),
    each((part, index) => (index === last ? `x/../${part}` : part)),
    each((part, index) => (index === last ? `x/%2e%2e/${part}` : part)),
    path.slice(1),
    path.toUpperCase(),
    onLiteral((part) => part.toUpperCase()),
    onLiteral((part) => part.charAt(0).toUpperCase() + part.slice(1)),
    onLiteral(encodeFirst),
    onLiteral(encodeAll),
    onLiteral((part) => again(encodeFirst(part))),
    onLiteral((part) => again(encodeAll(part))),
    onLiteral((part) => again(again(encodeFirst(part)))),
    onLiteral((part) => encodeFirst(part.toUpperCase())),
    `${path}#x`,
    `${path}#`,
    `${path}/#/y`,
    `${path}?`,
    `${path}?x=1`,
    `${path}?x=1#y`,
    `${path}%23x`,
    `${path}%3fx`,
    `${path};`,
    `${path};v=1`,
    `${path}%3Bv=1`,
    onLiteral((part) => `${part};a=b`),
    path.replaceAll('/', '\\'),
    `/${parts.join('\\')}`,
    `/${parts.join('%2f')}`,
    `/${parts.join('%2F')}`,
    `/${parts.join('%252f')}`,
    `/${parts.join('%5c')}`,
    `${path}%00`,
    `${path}%20`,
    `${path} `,
    ` ${path}`,
    `${path}\t`,
    onLiteral((part) => `${part.charAt(0)}\n${part.slice(1)}`),
    onLiteral((part) => part.replace('s', 'ſ')),
  ]
}

/** Some of the respellings, other ones for each path. @param path filled in @param turn number of the path */
export function fewSpellings(path: string, turn: number): string[] {
  return spellings(path).filter((_, index) => index % 9 === turn % 9)
}

/** Expects work in proportion to the path. @param size of the shorter paths; the longer ones have four times of it */
export async function growsWithThePath(size: number): Promise<void> {
  const texts = [repeated(' ', 'x', 'x'), repeated('%25'), repeated('/..'), repeated('\\%5c'), repeated('%2525', '', '41')]
  for (const textOf of texts) await expectLinear(plainPath, textOf, size)
}

import type { Fault } from './fault.ts'
import { jsonError, reply, webPage } from './responses.ts'

interface Said {
  readonly effect?: boolean
  readonly fields?: readonly string[]
  readonly type?: 'json' | 'html' | 'none'
  readonly times?: number
}

function status(name: string, line: string, { effect = false, fields = [], type = 'json', times }: Said = {}): Fault {
  const words = line.slice(4)
  return {
    name,
    moment: 'request',
    effect,
    ...(times === undefined ? {} : { times }),
    act(on) {
      if (type === 'none') return on.write(reply(line, 'text/plain', '', fields))
      const [kind, body] = type === 'html' ? ['text/html', webPage(words, on.heard)] : ['application/json', jsonError(words, on.heard)]
      return on.write(reply(line, kind, body, fields))
    },
  }
}

/** Answers with a status of an error, or with an unclear one. */
export const statusFaults: readonly Fault[] = [
  status('500 with nothing before the effect', '500 Internal Server Error', { type: 'none' }),
  status('500 with nothing after the effect', '500 Internal Server Error', { type: 'none', effect: true }),
  status('500 with JSON after the effect', '500 Internal Server Error', { effect: true }),
  status('502 with a web page after the effect', '502 Bad Gateway', { type: 'html', effect: true }),
  status('503 with a web page after the effect', '503 Service Unavailable', { type: 'html', effect: true }),
  status('503 with Retry-After before the effect', '503 Service Unavailable', { fields: ['retry-after: 1'] }),
  status('504 with a web page after the effect', '504 Gateway Timeout', { type: 'html', effect: true }),
  status('a status out of range after the effect', '999 No', { effect: true }),
  status('408 before the effect', '408 Request Timeout', { fields: ['connection: close'] }),
  status('408 after the effect', '408 Request Timeout', { effect: true, fields: ['connection: close'] }),
  status('429 with Retry-After before the effect', '429 Too Many Requests', { fields: ['retry-after: 1'] }),
  status('429 without Retry-After before the effect', '429 Too Many Requests'),
  status('429 with a far Retry-After before the effect', '429 Too Many Requests', { fields: ['retry-after: 86400'] }),
  status('429 at first, then 200', '429 Too Many Requests', { fields: ['retry-after: 1'], times: 1 }),
  status('302 to another path after the effect', '302 Found', { effect: true, fields: ['location: /elsewhere'] }),
  status('303 to another path after the effect', '303 See Other', { effect: true, fields: ['location: /elsewhere'] }),
  status('307 to itself after the effect', '307 Temporary Redirect', { effect: true, fields: ['location: #again'] }),
  status('308 to another path before the effect', '308 Permanent Redirect', { fields: ['location: /elsewhere'] }),
  status('400', '400 Bad Request'),
  status('401', '401 Unauthorized', { fields: ['www-authenticate: Basic realm="x"'] }),
  status('403 with a web page', '403 Forbidden', { type: 'html' }),
  status('404 with a web page', '404 Not Found', { type: 'html' }),
  status('407', '407 Proxy Authentication Required', { fields: ['proxy-authenticate: Basic realm="x"'] }),
  status('409', '409 Conflict'),
  status('421', '421 Misdirected Request'),
  status('422', '422 Unprocessable Content'),
  status('501', '501 Not Implemented'),
]

/** A fault for gateways that report errors with status 200. */
export function saysNo(name: string, data: object, effect: boolean): Fault {
  const act: Fault['act'] = (on) => on.write(reply('200 OK', 'application/json', JSON.stringify({ ...data, heard: on.heard })))
  return { name, moment: 'request', effect, act }
}

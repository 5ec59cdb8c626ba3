import { expect, it } from 'vitest'
import { paintFor } from '../../terminal/terminal.ts'
import { ownName, readyLine, readyText } from './serve.ts'

const server = {
  url: 'http://127.0.0.1:4010',
  gateways: Object.fromEntries(
    ['waha', 'wawp', 'warest', 'sparkbot'].map((id) => [
      id,
      { baseUrl: `http://127.0.0.1:4010/${id}`, credentials: { apiKey: 'k' }, env: { [`WAMUX_${id.toUpperCase()}_API_KEY`]: 'k' } },
    ]),
  ),
} as unknown as Parameters<typeof readyLine>[0]

it('is one line for scripts', () => {
  const line = readyLine(server)
  expect(line).not.toContain('\n')
  expect(JSON.parse(line)).toMatchObject({
    event: 'ready',
    url: 'http://127.0.0.1:4010',
    gateways: { waha: { baseUrl: 'http://127.0.0.1:4010/waha', env: { WAMUX_WAHA_API_KEY: 'k' } } },
  })
})

it('is lines to paste for people', () => {
  const text = readyText(server, paintFor({ write() {} }, {}), 'wamux')
  expect(text).toContain('http://127.0.0.1:4010\nOpen it in a browser')
  expect(text).toContain('  export WAMUX_SPARKBOT_API_KEY=k\n')
  expect(text).toContain('  wamux emulate scan default --gateway waha\n')
})

it('proposes commands as this program was called', () => {
  expect(ownName('/usr/bin/wamux', '/')).toBe('wamux')
  expect(ownName('/usr/lib/node_modules/wamux/dist/bin.js', '/')).toBe('wamux')
  expect(ownName('/src/apps/cli/dist/bin.js', '/src')).toBe('node apps/cli/dist/bin.js')
  expect(ownName('/src/apps/cli/dist/bin.js', '/elsewhere')).toBe('node /src/apps/cli/dist/bin.js')
})

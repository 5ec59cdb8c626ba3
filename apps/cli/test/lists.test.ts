import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { invoke } from './in-process.ts'

let server: Server
let env: Record<string, string>
const asked: { limit: number; offset: number }[] = []
const COUNT = 250

// a server that never gives more than 100 chats at once, as real ones do
beforeAll(async () => {
  server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://x').searchParams
    const [limit, offset] = [Number(query.get('limit') ?? 100), Number(query.get('offset') ?? 0)]
    asked.push({ limit, offset })
    const many = Math.max(0, Math.min(limit, 100, COUNT - offset))
    const chats = [...Array(many).keys()].map((index) => ({ id: `${1000 + offset + index}@c.us`, name: `Chat ${offset + index}` }))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(chats))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  env = { WAMUX_WAHA_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, WAMUX_WAHA_API_KEY: 'k' }
})
afterAll(() => server.close().closeAllConnections())
beforeEach(() => asked.splice(0))

const list = async (...flags: string[]) => {
  const { code, stdout, stderr } = await invoke(['chat', 'list', 'default', ...flags], { env })
  expect(code, stderr).toBe(0)
  return { stdout, stderr }
}

describe('a list', () => {
  it('is one page, and says how to go on', async () => {
    const { stdout, stderr } = await list()
    expect(stdout.trim().split('\n')).toHaveLength(101)
    expect(stderr).toBe('There is more: --all, or --cursor 100\n')
    expect(asked).toHaveLength(1)
    const page = JSON.parse((await list('--json')).stdout) as { items: unknown[]; next: string }
    expect(page).toMatchObject({ next: '100' })
    expect(page.items).toHaveLength(100)
    expect((await list('--cursor', '200', '--jq', '.items | length')).stdout).toBe('50\n')
  })

  it('is as long as it was asked for, also beyond a page', async () => {
    expect(JSON.parse((await list('--limit', '120', '--json=name')).stdout)).toHaveLength(120)
    expect(asked.every(({ limit }) => limit <= 100)).toBe(true)
    asked.splice(0)
    expect(JSON.parse((await list('--limit', '3', '--json=name')).stdout)).toEqual([
      { name: 'Chat 0' },
      { name: 'Chat 1' },
      { name: 'Chat 2' },
    ])
    expect(asked).toEqual([{ limit: 3, offset: 0 }])
  })

  it('is all of it, one line after the other', async () => {
    const lines = (await list('--all', '--output', 'ndjson')).stdout.trim().split('\n')
    expect(lines).toHaveLength(COUNT)
    expect(JSON.parse(lines[249] ?? '')).toMatchObject({ name: 'Chat 249' })
    expect((await list('--all', '--json=name', '--output', 'csv')).stdout.trim().split('\r\n')).toHaveLength(COUNT + 1)
    expect((await list('--all', '--jq', '.items | length')).stdout).toBe('250\n')
  })

  it.each([['0'], ['-1'], ['1.5'], ['many']])('has no limit of %s', async (limit) => {
    expect(await invoke(['chat', 'list', 'default', '--limit', limit], { env })).toMatchObject({ code: 2, stdout: '' })
  })
})

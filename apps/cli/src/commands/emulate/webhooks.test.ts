import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { ownPlugins } from '../../../test/own-plugins.ts'
import { run } from '../../main.ts'

/** Runs `wamux emulate` until it is ready. @returns what it said, and its exit code */
async function emulate(...flags: string[]): Promise<{ readonly code: number; readonly text: string }> {
  const stop = new AbortController()
  let text = ''
  const output = {
    write(more: string | Uint8Array) {
      text += String(more)
      if (text.includes('"ready"')) stop.abort()
    },
  }
  const terminal = { env: {}, stdin: new PassThrough(), stdout: output, stderr: output }
  const code = await run(['emulate', '--json', ...flags], { terminal, plugins: ownPlugins, signal: stop.signal })
  return { code, text }
}

it.each([['hooks.example.com'], ['hooks.example.com:8080'], ['*'], ['[::1]:80']])('takes the receiver %s', async (host) => {
  expect(await emulate('--allow-webhooks-to', host, '--allow-webhooks-to', 'other.example')).toMatchObject({ code: 0 })
})

it.each(['https://hooks.example.com', 'a/b', 'user@host', 'a b', 'host?x'])('takes no %s', async (host) => {
  expect(await emulate('--allow-webhooks-to', host)).toMatchObject({ code: 2, text: expect.stringContaining('host:port') })
})

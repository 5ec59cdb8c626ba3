import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { confirm } from './confirm.ts'
import type { Terminal } from './terminal.ts'

function terminal(isTTY: boolean): { terminal: Terminal; stdin: PassThrough } {
  const stdin = Object.assign(new PassThrough(), { isTTY })
  const stderr = Object.assign(new PassThrough(), { isTTY })
  stderr.resume()
  return { stdin, terminal: { env: {}, stdin, stdout: stderr, stderr } }
}

describe('before something is lost', () => {
  const signal = new AbortController().signal

  it.each([
    ['shop\r', 'yes'],
    [' shop \r', 'yes'],
    ['y\r', 'no'],
    ['\r', 'no'],
    ['\x03', 'interrupted'],
    ['\x04', 'no'],
  ])('%j is %s', async (keys, answer) => {
    const { terminal: own, stdin } = terminal(true)
    const asked = confirm('deletes session "shop"', 'shop', own, signal)
    setTimeout(() => stdin.write(keys), 50)
    expect(await asked).toBe(answer)
  })

  it('needs --yes where nobody can be asked', async () => {
    await expect(confirm('deletes session "shop"', 'shop', terminal(false).terminal, signal)).rejects.toMatchObject({
      name: 'UsageError',
      hint: expect.stringContaining('--yes'),
    })
  })
})

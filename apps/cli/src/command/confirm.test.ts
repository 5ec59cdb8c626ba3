import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Terminal } from '../terminal/terminal.ts'
import { confirm } from './confirm.ts'

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
    const asked = confirm({ what: 'deletes session "shop"', name: 'shop' }, { terminal: own, interactive: true, signal })
    setTimeout(() => stdin.write(keys), 50)
    expect(await asked).toBe(answer)
  })

  it.each([
    ['y\r', 'yes'],
    ['YES\r', 'yes'],
    ['\r', 'no'],
    ['n\r', 'no'],
    ['\x03', 'interrupted'],
  ])('what can be mended needs a word only: %j is %s', async (keys, answer) => {
    const { terminal: own, stdin } = terminal(true)
    const asked = confirm({ what: 'leaves the group' }, { terminal: own, interactive: true, signal })
    setTimeout(() => stdin.write(keys), 50)
    expect(await asked).toBe(answer)
  })

  it('needs --yes where nobody can be asked', async () => {
    const nobody = { terminal: terminal(false).terminal, interactive: false, signal }
    await expect(confirm({ what: 'deletes session "shop"' }, nobody)).rejects.toMatchObject({
      name: 'UsageError',
      hint: expect.stringContaining('--yes'),
    })
  })
})

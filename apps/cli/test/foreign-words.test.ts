import { expect, it } from 'vitest'
import { invoke } from './in-process.ts'

const WORDS = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']
const env = { WAMUX_WAHA_BASE_URL: 'http://127.0.0.1:9', WAMUX_WAHA_API_KEY: 'own-key' }

/** Where a word of somebody else is looked up: as a command, gateway, format, profile, flag, operation, field, state or shell. */
const PLACES: readonly ((word: string) => readonly string[])[] = [
  (word) => [word],
  (word) => ['help', word],
  (word) => ['session', word],
  (word) => ['waha', word],
  (word) => ['waha', 'sessions', word],
  (word) => [word, 'sessions', 'list'],
  (word) => ['session', 'list', '--gateway', word],
  (word) => ['session', 'list', '--gateway', 'waha', '--output', word],
  (word) => ['session', 'list', '--profile', word],
  (word) => ['session', 'list', '--gateway', 'waha', `--${word}`],
  (word) => ['session', 'list', '--gateway', 'waha', `--${word}=x`],
  (word) => ['session', 'wait', 'x', '--for', word, '--gateway', 'waha'],
  (word) => ['operations', '--safety', word],
  (word) => ['completion', word],
  (word) => ['profile', 'use', word],
  (word) => ['profile', 'remove', word, '--yes'],
]

it.each(WORDS)('%s is no command, flag, gateway, format or profile', async (word) => {
  for (const place of PLACES) {
    const args = place(word)
    const { code, stdout, stderr } = await invoke(args, { env })
    expect(code, args.join(' ')).not.toBe(0)
    expect(stdout + stderr, args.join(' ')).not.toMatch(/TypeError|Cannot read|is not a function|\[object|native code|undefined|\n {4}at /)
    expect(stderr, args.join(' ')).not.toBe('')
  }
})

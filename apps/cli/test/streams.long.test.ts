import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openShop, type Shop } from './shop.ts'
import { BIN, start, wamux } from './spawned.ts'

// what shells and daemons do to the streams and the environment of a program
let shop: Shop
let env: Record<string, string>
beforeAll(async () => {
  shop = await openShop()
  env = { ...shop.waha, HOME: shop.folder }
})
afterAll(() => shop.close())

/** Runs a line of bash in which `wamux` is the built program; nothing of it may ask the emulator, which is in this process. */
function bash(line: string, more: Record<string, string> = {}) {
  const script = `wamux() { "${process.execPath}" "${BIN}" "$@"; }\n${line}`
  const around = { PATH: process.env.PATH ?? '', HOME: shop.folder, ...more }
  const { stdout, stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8', timeout: 30_000, env: around })
  return { stdout, stderr, status }
}

it.each([
  ['a reader that stops after a line', `wamux help all | head -n 1; echo "\${PIPESTATUS[*]}"`, '0 0'],
  ['a reader that reads nothing', `wamux operations waha | true; echo "\${PIPESTATUS[*]}"`, '0 0'],
  ['a slow reader', `wamux operations waha | (sleep 1; wc -l); echo "\${PIPESTATUS[*]}"`, '0 0'],
  ['stdout closed', 'wamux help all >&-; echo $?', '0'],
  ['stderr closed', 'wamux nosuch 2>&-; echo $?', '2'],
  ['stdin closed', 'wamux help <&- >/dev/null; echo $?', '0'],
  ['a full disk', 'wamux help all >/dev/full; echo $?', '1'],
  ['a full disk, in words', 'wamux help all 2>&1 >/dev/full | head -n 1', 'error: The output cannot be written (ENOSPC).'],
  ['no HOME', 'env -u HOME bash -c "$(declare -f wamux); wamux profile list >/dev/null"; echo $?', '0'],
])('%s', (_what, line, last) => {
  const { stdout, stderr } = bash(line)
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(last)
  expect(stderr).not.toMatch(/ at .*:\d+:\d+|EPIPE|Unhandled/)
})

// a folder below /proc can never be made, and Node tries for ever to make one there for compiled code
it.each(['/proc/1', '/dev/null', '/nonexistent/home'])('a home of %s', (home) => {
  expect(bash('wamux help; wamux profile list', { HOME: home })).toMatchObject({ status: 0, stderr: expect.stringContaining('no profile') })
})

it.each([
  ['a locale without UTF-8', { LC_ALL: 'C' }],
  ['a dumb terminal', { TERM: 'dumb' }],
  ['CI', { CI: 'true' }],
  ['a narrow terminal that is none', { COLUMNS: '20' }],
  ['NO_COLOR', { NO_COLOR: '1' }],
])('%s changes nothing for a program that reads', async (_what, more: Record<string, string>) => {
  const [one, other] = [await wamux(['session', 'list'], env), await wamux(['session', 'list'], { ...env, ...more })]
  expect(other).toEqual(one)
  expect(other.stdout).toContain('shop\tconnected')
})

it.each([
  ['listen', ['listen', 'shop'], 'Listening', 0],
  ['session wait-for', ['session', 'wait-for', 'shop', '--state', 'failed', '--verbose'], 'GET', 130],
  ['session supervise', ['session', 'supervise', 'shop'], 'Looking after', 0],
])('Ctrl-C ends %s', async (_what, args, until, code) => {
  const running = start(args, env)
  await new Promise<void>((resolve) => {
    let said = ''
    running.child.stderr.on('data', (text) => {
      said += text
      if (said.includes(until)) resolve()
    })
  })
  running.child.kill('SIGINT')
  expect(await running.ended).toMatchObject({ code })
})

it('what is written byte for byte arrives, however slowly it is read', () => {
  const { stdout } = bash('wamux waha --help | (sleep 0.5; cat); wamux operations waha --json | (sleep 0.5; cat) | tail -c 3')
  expect(stdout).toContain('Every operation of waha')
  expect(stdout.trimEnd().endsWith(']')).toBe(true)
})

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noPostgres, type PostgresServer, startPostgres } from '@wamux/postgres-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgresStore } from '../../src/postgres/index.ts'
import type { ShareInput } from './share-program.ts'

const NUMBERS = 8
const PROGRAM = join(import.meta.dirname, 'share-program.ts')

let server: PostgresServer
const folder = mkdtempSync(join(tmpdir(), 'wamux-share-'))
beforeAll(async () => {
  if (!noPostgres) server = await startPostgres()
}, 120_000)
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A list for eight numbers, and what starts machines on it. */
async function list(name: string, perNumber: number, more: Partial<ShareInput> = {}) {
  const arrived = join(folder, `${name}.txt`)
  writeFileSync(arrived, '')
  const input = { connectionString: server.url, schema: name, numbers: NUMBERS, arrived, turnMs: 1_000, answerMs: 5, ...more }
  const store = await openPostgresStore(input)
  for (let number = 0; number < NUMBERS; number++) {
    await store.add(
      Array.from({ length: perNumber }, (_, index) => ({
        ...{ key: `${number}-${index}`, sender: `fake:s${number}`, to: '+12025550101', list: '', notBefore: 0 },
        text: `${number}-${index}`,
      })),
      1,
    )
  }
  const start = () => {
    const child = spawn(process.execPath, ['--conditions=@wamux/source', '--no-warnings', PROGRAM, JSON.stringify(input)])
    let errors = ''
    child.stderr.on('data', (data) => (errors += data))
    const ended = new Promise<string>((resolve) => child.on('close', (code, signal) => resolve(signal ?? `${code} ${errors}`)))
    return { child, ended }
  }
  const lines = () => readFileSync(arrived, 'utf8').trim().split('\n').filter(Boolean)
  return { store, start, lines }
}

const killed = (child: ChildProcess) => child.kill('SIGKILL')

describe.skipIf(noPostgres)('many numbers on many machines', () => {
  it('four machines send every message once, each of them a part, and sooner than one', async () => {
    const seconds: number[] = []
    for (const machines of [1, 4]) {
      const { store, start, lines } = await list(`machines${machines}`, 60, { answerMs: 20 })
      const began = performance.now()
      const ends = await Promise.all(Array.from({ length: machines }, () => start().ended))
      seconds.push((performance.now() - began) / 1_000)
      expect(ends).toEqual(ends.map(() => '0 '))
      expect((await store.count()).sent).toBe(NUMBERS * 60)
      const texts = lines().map((line) => line.split(' ')[1])
      expect(new Set(texts).size).toBe(texts.length)
      expect(texts).toHaveLength(NUMBERS * 60)
      expect(new Set(lines().map((line) => line.split(' ')[2])).size).toBe(machines)
      await store.close()
    }
    console.log(`1 machine: ${seconds[0]?.toFixed(1)} s, 4 machines: ${seconds[1]?.toFixed(1)} s`)
    // the gateway's answers are what takes the time, so this holds on a busy machine, too
    expect(seconds[1]).toBeLessThan(seconds[0] ?? 0)
  })

  it('the numbers of a machine that was killed go to another one; what it was sending is unknown', async () => {
    const { store, start, lines } = await list('lost', 150)
    const first = start()
    const second = start()
    while (lines().length < 100) await new Promise((resolve) => setTimeout(resolve, 20))
    killed(first.child)
    expect(await first.ended).toBe('SIGKILL')
    expect(await second.ended).toBe('0 ')
    const { sent, unknown, ...others } = await store.count()
    expect(sent + unknown).toBe(NUMBERS * 150)
    // it worked on two numbers at once
    expect(unknown).toBeLessThanOrEqual(2)
    expect(Object.values(others).every((count) => count === 0)).toBe(true)
    const texts = lines().map((line) => line.split(' ')[1])
    expect(new Set(texts).size).toBe(texts.length)
    await store.close()
  })
})

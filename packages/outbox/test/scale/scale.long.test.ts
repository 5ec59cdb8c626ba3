import { execFileSync } from 'node:child_process'
import { createWriteStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { afterAll, expect, it } from 'vitest'
import { hasSqlite } from '../has-sqlite.ts'
import type { ScaleInput, ScaleOutput } from './program.ts'

const ROWS = 100_000
// in memory where there is such a folder: how quickly a disk writes is not what is measured
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'wamux-scale-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What Node needs to read TypeScript, MB: a built package has it not. */
function typeScriptMb(): number {
  const [typed = 0, plain = 0] = ['ts', 'mjs'].map((end) => {
    const file = join(folder, `empty.${end}`)
    writeFileSync(file, 'console.log(process.resourceUsage().maxRSS / 1e3)')
    return Number(execFileSync(process.execPath, ['--no-warnings', file], { encoding: 'utf8' }))
  })
  return Math.max(0, typed - plain)
}

it.skipIf(!hasSqlite)(
  `${ROWS} recipients: imported quickly, sent once each within the caps, in flat memory`,
  async () => {
    const csv = join(folder, 'list.csv')
    const file = createWriteStream(csv)
    file.write('phone,name,id\n')
    for (let index = 0; index < ROWS; index++) file.write(`+1202${2_000_000 + index},Person ${index},${index}\n`)
    file.end()
    await finished(file)
    const input: ScaleInput = { csv, path: join(folder, 'scale.db'), rows: ROWS }
    const flags = ['--conditions=@wamux/source', '--no-warnings']
    const program = join(import.meta.dirname, 'program.ts')
    const output = JSON.parse(
      execFileSync(process.execPath, [...flags, program, JSON.stringify(input)], { encoding: 'utf8' }),
    ) as ScaleOutput
    const maxRssMb = output.maxRssMb - typeScriptMb()
    console.log({ ...output, maxRssMb })
    expect(output).toMatchObject({ arrived: ROWS, twice: 0, sent: ROWS })
    // 8 000 a day: 12 whole days, and the rest on the 13th
    expect(Math.floor(output.virtualDays)).toBe(12)
    // by CPU time, so that others on the machine do not count
    expect(output.importPerCpuSecond).toBeGreaterThan(20_000)
    expect(maxRssMb).toBeLessThanOrEqual(150)
    const [early = 0, late = 0] = output.rssMb
    expect(late).toBeLessThan(early + 30)
  },
  1_200_000,
)

import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Shop } from './shop.ts'

const hasSqlite = await import('node:sqlite').then(
  () => true,
  () => false,
)

let shop: Shop
let env: Record<string, string>
let csv: string
beforeAll(async () => {
  shop = await openShop()
  env = { ...shop.waha, WAMUX_SESSION: 'shop' }
  csv = join(shop.folder, 'list.csv')
  writeFileSync(csv, 'phone,name,id\n+12025551001,Ann,1\n+12025551002,"Bo, junior",2\n+12025551003,Cy,3\n')
  writeFileSync(join(shop.folder, 'hello.txt'), 'Hello {name}\n')
})
afterAll(() => shop.close())

const QUICK = '--interval 0 --new-per-hour 1000 --new-per-day 1000'
let files = 0
/** A list of its own for each test. */
function onNewList() {
  const file = join(shop.folder, `list${files++}.db`)
  const run = (line: string, more: Record<string, string> = {}) =>
    shop.run(`wamux outbox ${line}`, { env: { ...env, WAMUX_OUTBOX_STORE: file, ...more } })
  const json = async (line: string) => JSON.parse((await run(`${line} --json`)).stdout)
  return { file, run, json }
}
const arrived = async (prefix: string) =>
  (await fetch(`${shop.emulator.url}/_emulator/messages`).then((answer) => answer.json() as Promise<{ text?: string }[]>))
    .map(({ text = '' }) => text)
    .filter((text) => text.startsWith(prefix))

describe('wamux outbox import --dry-run', () => {
  it('shows every message and adds nothing, without a gateway or a store', async () => {
    const { file, run } = onNewList()
    const { code, stdout, stderr } = await run(`import ${csv} --template ${join(shop.folder, 'hello.txt')} --key order-{id} --dry-run`)
    expect([code, stderr]).toEqual([0, expect.stringContaining('3 messages, all of them complete')])
    expect(stdout).toContain('+12025551002\torder-2\t\tHello Bo, junior\n')
    expect(existsSync(file)).toBe(false)
  })

  it('says which messages are in the file twice, and that a file has no rows', async () => {
    const { run } = onNewList()
    const twice = join(shop.folder, 'twice.csv')
    writeFileSync(twice, 'phone;name\n+12025551001;Ann\n+12025551002;Bo\n+12025551001;Ann\n')
    const shown = await run(`import ${twice} --text "Hello {name}" --dry-run --json`)
    expect(JSON.parse(shown.stdout)).toMatchObject({ rows: 3, added: 2, known: 1 })
    expect(shown.stderr).toContain('1 of them is in the file twice')
    writeFileSync(twice, 'phone,name\n')
    expect((await run(`import ${twice} --text "Hello {name}" --dry-run`)).stderr).toContain('a header and no rows')
  })

  it.each([
    ['--template', 'the text of the messages'],
    ['import', 'the list itself'],
  ])('refuses broken letters: %s, %s', async (where) => {
    const { run } = onNewList()
    const latin = join(shop.folder, 'latin.csv')
    writeFileSync(latin, Buffer.from('phone,name\n+4915112345678,J\u00fcrgen\n', 'latin1'))
    const line = where === 'import' ? `import ${latin} --text "Hello {name}"` : `import ${csv} --template ${latin}`
    for (const flag of ['', ' --dry-run'])
      expect(await run(`${line}${flag}`)).toMatchObject({ code: 2, stderr: expect.stringContaining('UTF-8') })
  })

  it.each([
    [`import ${'{csv}'} --text "Hello {first}"`, 'the column "first"'],
    ['import nosuch.csv --text Hi', 'nosuch.csv cannot be read (ENOENT)'],
    [`import ${'{csv}'}`, 'It is not said what the messages are'],
    [`import ${'{csv}'} --text Hi --template x.txt`, '--template and --text'],
    [`import ${'{csv}'} --text Hi --to {name}`, 'row 2: to: expected'],
  ])('%s is refused before anything is added', async (line, text) => {
    const { file, run } = onNewList()
    const typed = line.replace('{csv}', csv)
    for (const flag of ['', ' --dry-run']) {
      const { code, stdout, stderr } = await run(`${typed}${flag}`)
      expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(text) })
    }
    if (existsSync(file)) expect((await run('status')).stdout).toContain('0 of 0')
  })
})

it.each([
  ['status', 'There is no list at'],
  ['run', 'There is no list at'],
  ['status --store postgres://me:secret@localhost/x', '--store takes'],
  ['status --store postgres', 'WAMUX_OUTBOX_POSTGRES_URL is missing'],
  ['cancel', 'Which messages?'],
  ['opt-out', 'Who wants no messages?'],
  ['run --per-hour many', '--per-hour takes a number'],
  ['run --quiet-hours night', '--quiet-hours takes hours'],
  ['resolve a perhaps', 'sent, resend or give-up'],
])('wamux outbox %s without what it needs: exit code 2', async (line, text) => {
  const { run } = onNewList()
  const { code, stdout, stderr } = await run(line)
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(text) })
})

describe.runIf(hasSqlite)('wamux outbox', () => {
  it('sends a list once, however often it is imported and run', async () => {
    const { file, run, json } = onNewList()
    const add = `import ${csv} --text "once {name}" --key order-{id}`
    expect(await json(add)).toMatchObject({ rows: 3, added: 3, known: 0, sender: 'waha:shop' })
    expect((await run(add)).stdout).toMatch(/0 of 3 messages added .*; 3 have keys that are on the list already/)
    // the file holds numbers and texts
    expect(statSync(file).mode & 0o077).toBe(0)
    expect(await json('status')).toMatchObject({ counts: { queued: 3 }, total: 3, done: 0 })
    for (let time = 0; time < 2; time++) {
      const { code, stdout } = await run(`run ${QUICK} --receipts none`)
      expect([code, stdout]).toEqual([0, expect.stringContaining('100 %  3 of 3')])
    }
    expect(await arrived('once ')).toEqual(['once Ann', 'once Bo, junior', 'once Cy'])
    const exported = await run('export --output csv --state sent')
    expect(exported.stdout.match(/^key,to,/gm)).toHaveLength(1)
    expect(exported.stdout.split('\n')[1]).toMatch(/^order-1,'\+12025551001,,sent,,20.*,once Ann,/)
    const changes = (await run('watch --from-start --timeout 2s --output ndjson')).stdout
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one))
    expect(changes.filter(({ key }) => key === 'order-1').map(({ to }) => to)).toEqual(['queued', 'sending', 'sent'])
    expect((await run('watch --timeout 200ms')).stdout).toBe('')
  })

  it('exports a list of several pages as one table', async () => {
    const { file, run } = onNewList()
    const many = join(shop.folder, 'many.csv')
    writeFileSync(many, `phone,id\n${Array.from({ length: 2_100 }, (_, id) => `+1202555${1_000 + id},${id}\n`).join('')}`)
    const added = await run(`import ${many} --text "number {id}" --key n-{id} --store ${file}`)
    expect(added.stderr).toContain(`wamux outbox run --store ${file}`)
    const lines = (await run('export --output csv')).stdout.trimEnd().split('\r\n')
    expect([lines.length, lines[0]?.slice(0, 7), lines[1_001]?.slice(0, 7), lines[2_100]?.slice(0, 7)]).toEqual([
      2_101,
      'key,to,',
      'n-1000,',
      'n-2099,',
    ])
    expect((await run('export --output ndjson')).stdout.trimEnd().split('\n')).toHaveLength(2_100)
  })

  it('reads the list from stdin, and a text of several lines from a file', async () => {
    const { file } = onNewList()
    const template = join(shop.folder, 'lines.txt')
    writeFileSync(template, '\ufeffDear {name},\r\nall the best\r\n')
    const line = ['outbox', 'import', '-', '--template', template, '--store', file, '--dry-run', '--json']
    const { stdout } = await shop.run(`wamux ${line.join(' ')}`, { env, stdin: 'phone,name\n+12025551001,Ann\n' })
    expect(JSON.parse(stdout).messages).toEqual([{ to: '+12025551001', text: 'Dear Ann,\r\nall the best' }])
  })

  it('pauses, goes on, takes back and opts out, without the keys of the gateway', async () => {
    const { run, json } = onNewList()
    const offline = { WAMUX_WAHA_API_KEY: '' }
    await run(`import ${csv} --text "held {name}" --key p-{id} --list may`)
    expect((await run('pause "the shop is closed"', offline)).code).toBe(0)
    expect(await json('status')).toMatchObject({ pause: { cause: 'person', reason: 'the shop is closed' } })
    expect((await run('status', offline)).stdout).toMatch(/paused\s+person: the shop is closed/)
    expect((await run('cancel p-1 nosuch', offline)).code).toBe(5)
    expect((await run('opt-out "+1 202 555 1002"', offline)).code).toBe(0)
    expect((await run('resume', offline)).code).toBe(0)
    await run(`run ${QUICK} --receipts none`)
    expect(await arrived('held ')).toEqual(['held Cy'])
    expect(await json('status')).toMatchObject({ counts: { cancelled: 2, sent: 1 } })
    await run(`import ${csv} --text "never {name}" --list june`)
    expect((await run('cancel --list june', offline)).code).toBe(2)
    expect(await json('cancel --list june --yes')).toEqual({ cancelled: 3 })
  })

  it('says why it sends nothing, and does not wait where nothing is queued', async () => {
    const { run } = onNewList()
    await run(`import ${csv} --text "closed {name}" --key c-{id}`)
    await run('cancel --all --yes')
    await run('pause "the shop is closed"')
    const { code, stderr } = await run(`run ${QUICK} --receipts none`)
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('Paused: the shop is closed. Nothing is sent; wamux outbox resume goes on.'),
    ])
  })

  it('lets a person decide about a message that may have been sent', async () => {
    const { file, run, json } = onNewList()
    await run(`import ${csv} --text "lost {name}" --key l-{id}`)
    const store = await (await import('@wamux/outbox/sqlite')).openSqliteStore(file)
    const lease = await store.acquire('waha:shop', 1_000, 1)
    for (const key of ['l-1', 'l-2', 'l-3']) {
      await store.move({ key, from: ['queued'], to: 'sending', at: 1_000, lease })
      await store.move({ key, from: ['sending'], to: 'unknown', at: 1_000, reason: 'lost' })
    }
    await store.close()
    expect((await run('export --state unknown')).stdout).toContain('l-1\t+12025551001\tunknown')
    expect((await run('resolve l-2 sent')).stdout).toBe('l-2 is sent\n')
    expect((await run('resolve l-2 sent')).code).toBe(1)
    expect((await run('resolve nosuch sent')).code).toBe(5)
    expect((await run('resolve l-3 give-up')).stdout).toBe('l-3 is cancelled\n')
    // sending it again may make a double, so somebody has to say that it is meant
    expect((await run('resolve l-1 resend')).code).toBe(2)
    expect((await run('resolve l-1 resend --yes')).stdout).toBe('l-1 is queued\n')
    expect((await run(`run ${QUICK} --receipts none`)).code).toBe(0)
    expect(await arrived('lost ')).toEqual(['lost Ann'])
    expect(await json('status')).toMatchObject({ counts: { sent: 2, cancelled: 1, unknown: 0 } })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Shop } from './shop.ts'

// what people type first who come from gh, docker, kubectl, aws, curl or stripe
let shop: Shop
let waha: Record<string, string>
beforeAll(async () => {
  shop = await openShop()
  waha = shop.waha
})
afterAll(() => shop.close())
const run: Shop['run'] = (line, around) => shop.run(line, around)

describe('short forms', () => {
  it.each([
    ['wamux session ls', 'wamux session list'],
    ['wamux sessions list', 'wamux session list'],
    ['wamux sessions ls -g waha', 'wamux session list --gateway waha'],
    ['wamux session show shop', 'wamux session get shop'],
    ['wamux session list -o json', 'wamux session list --output json'],
    ['wamux session list -ojson', 'wamux session list --json'],
    ['wamux session list -o=ndjson', 'wamux session list --output ndjson'],
    ['wamux session ls -q', 'wamux session list --quiet'],
    ['wamux chats ls shop', 'wamux chat list shop'],
    ['wamux webhooks ls shop', 'wamux webhook list shop'],
    ['wamux operations waha', 'wamux ops waha'],
    ['wamux session help', 'wamux session --help'],
    ['wamux session help start', 'wamux help session start'],
    ['wamux -h session list', 'wamux session list --help'],
    ['wamux environment', 'wamux help environment'],
    ['wamux exit-codes', 'wamux help exit-codes'],
    ['wamux --version --json', 'wamux version --json'],
    ['wamux -v -o json', 'wamux version --json'],
    ['wamux plugin', 'wamux plugins'],
    ['wamux SESSION LIST', 'wamux session list'],
    ['wamux --gateway=waha session list', 'wamux session list --gateway waha'],
    ['wamux -g waha session ls', 'wamux session list --gateway waha'],
    ['wamux -gwaha session ls', 'wamux session list --gateway waha'],
    ['wamux waha session list', 'wamux waha sessions list'],
    ['wamux msg sendText --help', 'wamux message send-text --help'],
    ['wamux message send_text --help', 'wamux message send-text --help'],
    ['wamux completions bash', 'wamux completion bash'],
    ['wamux session get --session=shop', 'wamux session get shop'],
    ['wamux --quiet session get shop', 'wamux session get shop -q'],
    ['wamux profile ls', 'wamux profiles list'],
    ['wamux api /api/sessions', 'wamux api GET /api/sessions'],
    ['wamux api -X get /api/sessions', 'wamux api get /api/sessions'],
  ])('%s is %s', async (short, long) => {
    const [one, other] = [await run(short), await run(long)]
    expect(one).toEqual(other)
    expect(one.code).toBe(0)
  })

  it.each([
    ['wamux session rm shop', 'deletes session "shop"'],
    ['wamux webhook rm shop x', 'removes the webhook x'],
    ['wamux login --no-input --gateway nowhere', 'no gateway "nowhere"'],
    ['wamux send --help', 'Send a text.'],
  ])('%s: %s', async (line, text) => {
    const { stdout, stderr } = await run(line)
    expect(stdout + stderr).toContain(text)
  })

  it.each(['session', 'message', 'webhook', 'group'])('wamux %s alone is its help', async (word) => {
    const ended = await run(`wamux ${word}`)
    expect(ended).toEqual(await run(`wamux ${word} --help`))
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toContain('Usage\n')
  })
})

describe('what is not there names the command that is meant', () => {
  it.each([
    ['wamux message send shop +4915112345678 Hi', 'wamux send NUMBER TEXT'],
    ['wamux webhook add shop https://example.com', 'wamux webhook create'],
    ['wamux auth login', 'wamux login'],
    ['wamux logs', 'wamux listen'],
    ['wamux session status shop', 'wamux session get'],
    ['wamux session new shop', 'wamux session create'],
    ['wamux ps', 'wamux session list'],
    ['wamux group describe shop x', 'wamux group get'],
    ['wamux session list --format json', '--output'],
    ['wamux sesion list', 'wamux session'],
    ['wamux get sessions', 'wamux session get'],
    ['wamux describe session shop', 'wamux session get'],
    ['wamux delete webhook shop x', 'wamux webhook delete'],
    ['wamux stop session shop', 'wamux session stop'],
    ['wamux get group shop x', 'wamux group get'],
    ['wamux create webhook shop', 'wamux webhook create'],
    ['wamux ls', 'wamux session list'],
    ['wamux plugins install waha', 'wamux plugins add'],
    ['wamux plugins ls', 'That is here: wamux plugins'],
    ['wamux env', 'wamux help environment'],
    ['wamux session get -s shop', '--session'],
    ['wamux session rm -f shop', '--yes'],
    ['wamux session delete shop --force', '--yes'],
    ['wamux message list shop +4915112345678 -n 1', '--limit'],
    ['wamux listen shop -e message.received', '--events'],
    ['wamux listen shop --event message.received', '--events'],
    ['wamux session list --color=never', '--no-color'],
    ['wamux session list --Gateway waha', '--gateway'],
    ['wamux api -i /api/sessions', '--verbose'],
    ['wamux api --data {} /api/sessions', '--input'],
    ['wamux api -d {} /api/sessions', '--input'],
    ['wamux send +4915112345678 Hello World', 'in quotes'],
    ['wamux send Hello +4915112345678', '<to> comes first'],
    ['wamux message send-text shop Hello +4915112345678', '<to> comes first'],
    ['wamux session list --timeout 5', '--timeout 5s'],
    ['wamux listen shop --interval 2', '--interval 2s'],
    ['wamux send -m Hello +4915112345678', '--text'],
    ['wamux session list --profile', 'needs a value'],
    ['wamux session list -o wide', 'table, json'],
    ['wamux emulate --prot 1', '--port'],
  ])('%s: %s', async (line, hint) => {
    const ended = await run(line)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain(hint)
  })
})

it('says how fields are named, to who knows gh', async () => {
  const { stderr, code } = await run('wamux session list --json session,state')
  expect(code).toBe(2)
  expect((JSON.parse(stderr) as { hint: string }).hint).toContain('--json=session,state')
})

it('notes variables that are misspelt, and never their values', async () => {
  const env = { ...waha, WAMUX_WAHA_URL: 'http://secret.example', WAMUX_WAHA_APIKEY: 'secret' }
  const { stderr, code } = await run('wamux session get shop', { env })
  expect(code).toBe(0)
  expect(stderr).toContain('WAMUX_WAHA_URL means nothing to wamux; WAMUX_WAHA_BASE_URL does.')
  expect(stderr).toContain('WAMUX_WAHA_APIKEY means nothing to wamux; WAMUX_WAHA_API_KEY does.')
  expect(stderr).not.toContain('secret')
})

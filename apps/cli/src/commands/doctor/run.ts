import type { Context } from '../../command/context.ts'
import { EXIT } from '../../errors/exit-codes.ts'
import { chooseTarget, type Target } from '../../gateway/connection.ts'
import { readConfig } from '../../gateway/profile-store.ts'
import { variablePrefix } from '../../gateway/variables.ts'
import { plainText } from '../../print/text-width.ts'
import type { Paint } from '../../terminal/terminal.ts'
import { type Check, runCheck } from './check.ts'
import { gatewayChecks } from './gateway-checks.ts'
import { localChecks } from './local-checks.ts'

/** `wamux doctor` @returns 1 when something keeps wamux from working */
export async function doctor(context: Context): Promise<number | undefined> {
  const { values, printResult, paint } = context
  const checks = await localChecks(context)
  if (!values.is('offline')) {
    const targets = targetsToCheck(context)
    if (targets.length === 0) checks.push(NOTHING_SET_UP)
    for (const target of targets) {
      const name = target.profile ?? target.gateway
      const from = target.profile === undefined ? 'environment' : 'profile'
      for (const check of await runCheck(`${name}: access`, () => gatewayChecks(target, context))) checks.push({ ...check, from })
    }
  }
  await printResult({
    data: checks,
    rows: checks,
    text: () => checks.map((one) => checkText(one, paint)).join('') + summary(checks, paint),
  })
  return checks.some(({ status }) => status === 'fail') ? EXIT.failure : undefined
}

const NOTHING_SET_UP: Check = {
  check: 'gateways',
  status: 'warn',
  about: 'No gateway is set up',
  next: 'wamux profile add asks for what is needed\nor try it without an account: wamux emulate',
}

/** Every gateway that is set up by a profile or by environment variables, or only the one that was named. */
function targetsToCheck({ values, terminal: { env }, plugins }: Context): Target[] {
  const asked = { gateway: values.text('gateway'), profile: values.text('profile') }
  if (asked.gateway !== undefined || asked.profile !== undefined) return [chooseTarget(asked, env, plugins)]
  const inEnv = plugins.knownIds().filter((id) => {
    if (!plugins.isInstalled(id)) return false
    const prefix = variablePrefix(id)
    return Object.keys(env).some((name) => name.startsWith(prefix) && env[name])
  })
  return [...inEnv.map((gateway) => ({ gateway })), ...profileTargets(env)]
}

// a configuration that cannot be read is reported by the check "configuration"
function profileTargets(env: Context['terminal']['env']): Target[] {
  try {
    return Object.entries(readConfig(env).profiles).map(([profile, settings]) => ({ gateway: settings.gateway, profile, settings }))
  } catch {
    return []
  }
}

const MARKS = { ok: '✓', warn: '!', fail: '✗', skipped: '-' } as const
const COLOURS = { ok: 'green', warn: 'yellow', fail: 'red', skipped: 'dim' } as const

function checkText({ check, from, status, about, next }: Check, paint: Paint): string {
  const mark = paint[COLOURS[status]](MARKS[status])
  const advice = next ? next.split('\n').map((line) => `    ${paint.cyan('→')} ${plainText(line)}\n`) : []
  const whose = from === undefined ? '' : ` ${paint.dim(`(${from})`)}`
  return `${mark} ${paint.bold(check)}${whose}  ${plainText(about)}\n${advice.join('')}`
}

function summary(checks: readonly Check[], paint: Paint): string {
  const count = (status: Check['status']) => checks.filter((one) => one.status === status).length
  const [failed, warned] = [count('fail'), count('warn')]
  if (failed + warned === 0) return `\n${paint.green('All is well.')}\n`
  return `\n${[failed && `${failed} to mend`, warned && `${warned} to look at`].filter(Boolean).join(', ')}\n`
}

import type { Context } from '../../command/context.ts'
import { configFolder } from '../../gateway/config-folders.ts'
import { configFile, isOpenToOthers, readConfig } from '../../gateway/profile-store.ts'
import { secretsAreOpen, secretsFile } from '../../gateway/secrets.ts'
import { shellQuote } from '../../print/shell-quote.ts'
import { version } from '../../version.ts'
import { type Check, runCheck } from './check.ts'

const OLDEST = [20, 19] as const

/** Checks that need no network: Node, plugins, configuration. */
export async function localChecks({ plugins, terminal: { env } }: Context): Promise<Check[]> {
  return [
    nodeCheck(process.versions.node),
    { check: 'wamux', status: 'ok', about: `wamux ${version}` },
    ...(await runCheck('plugins', () => pluginChecks(plugins))),
    ...(await runCheck('configuration', async () => configurationCheck(env))),
    ...(await runCheck('secrets', async () => secretsCheck(env))),
  ]
}

function nodeCheck(given: string): Check {
  const [major = 0, minor = 0] = given.split('.').map(Number)
  const fits = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
  if (!fits) return { check: 'node', status: 'fail', about: `Node ${given} is too old`, next: `wamux needs ${OLDEST.join('.')} or newer` }
  return {
    check: 'node',
    status: 'ok',
    about: major >= 22 ? `Node ${given}` : `Node ${given}; wamux listen brings the WebSocket that it lacks`,
  }
}

async function pluginChecks(plugins: Context['plugins']): Promise<Check[]> {
  const all = await plugins.all()
  const untrusted = plugins.untrusted().map(
    ({ id, source, project }): Check => ({
      check: `plugin ${id}`,
      status: 'warn',
      about: `${source.name} is in a project that is not trusted, and is not used`,
      next: `wamux plugins trust ${shellQuote(project)}`,
    }),
  )
  if (all.length + untrusted.length === 0)
    return [{ check: 'plugins', status: 'fail', about: 'No gateway is installed', next: 'wamux plugins add waha' }]
  const found = all.map(
    (one): Check =>
      'manifest' in one
        ? { check: `plugin ${one.id}`, status: 'ok', about: `${one.source.name} for ${one.manifest.name} ${one.manifest.api.version}` }
        : { check: `plugin ${one.id}`, status: 'fail', about: `${one.source.name} does not work: ${one.reason}`, next: one.source.folder },
  )
  return [...found, ...untrusted]
}

function configurationCheck(env: Context['terminal']['env']): Check[] {
  const check = 'configuration'
  if (!configFolder(env)) {
    return [{ check, status: 'warn', about: 'It is not known where the configuration goes: HOME is not set', next: 'Set WAMUX_CONFIG_DIR' }]
  }
  const names = Object.keys(readConfig(env).profiles)
  const file = configFile(env)
  if (isOpenToOthers(file)) return [{ check, status: 'warn', about: `${file} can be read by others`, next: `chmod 600 ${file}` }]
  return [{ check, status: 'ok', about: names.length === 0 ? 'no profiles' : `profiles: ${names.join(', ')}` }]
}

function secretsCheck(env: Context['terminal']['env']): Check[] {
  if (!configFolder(env)) return []
  const file = secretsFile(env)
  if (!secretsAreOpen(env)) return []
  return [{ check: 'secrets', status: 'fail', about: `${file} holds secrets, and others can read it`, next: `chmod 600 ${file}` }]
}

import { cancel, intro, isCancel, password, select, text } from '@clack/prompts'
import type { Manifest } from '@wamux/core'
import type { Plugins } from '../../gateway/plugins.ts'
import type { Config } from '../../gateway/profile-store.ts'
import { nameProblem, type ProfileInput, urlProblem } from './check.ts'

// stdout is for data, so questions go to stderr
const output = process.stderr

/** Asks for one of the installed gateways. */
export async function askGateway(plugins: Plugins): Promise<string | undefined> {
  const installed = (await plugins.all()).flatMap((one) => ('manifest' in one ? [one.manifest] : []))
  intro('An account for wamux', { output })
  const answer = await select({
    message: 'Which gateway?',
    output,
    options: installed.map(({ id, name, about }) => ({ value: id, label: name, hint: about })),
  })
  return isCancel(answer) ? CANCELLED : String(answer)
}

const CANCELLED = '\0cancelled'

/** True when the person cancelled. */
export function isCancelled(answer: string): boolean {
  return answer === CANCELLED
}

/** Asks for everything that is still missing. @returns undefined when the person cancelled */
export async function askForInput(manifest: Manifest, given: ProfileInput, config: Config): Promise<ProfileInput | undefined> {
  // only shown: what is typed replaces it, and Enter alone takes it
  const free = freeName(given.name, config)
  const name = await text({
    message: 'A name for this account',
    output,
    placeholder: free,
    defaultValue: free,
    validate: (value) => nameProblem(value || free),
  })
  if (isCancel(name)) return cancelPrompts()
  const usual = given.baseUrl ?? manifest.api.defaultBaseUrl
  const baseUrl = await text({
    message: `Where is ${manifest.name}?`,
    output,
    placeholder: usual ?? 'https://…',
    ...(usual === undefined ? {} : { defaultValue: usual }),
    validate: (value) => (value === '' || value === undefined ? urlProblem(usual) : urlProblem(value)),
  })
  if (isCancel(baseUrl)) return cancelPrompts()
  const credentials: Record<string, string> = { ...given.credentials }
  for (const { field, label, secret, required, about } of manifest.credentials) {
    if (credentials[field]) continue
    const message = about ? `${label}: ${about}` : label
    const validate = (value: string | undefined) => (required && !value ? `${manifest.name} needs it.` : undefined)
    const answer = secret ? await password({ message, output, validate }) : await text({ message, output, validate })
    if (isCancel(answer)) return cancelPrompts()
    if (answer) credentials[field] = answer
  }
  return { name, baseUrl, credentials }
}

function cancelPrompts(): undefined {
  cancel('Stopped.', { output })
}

function freeName(name: string, { profiles }: Config): string {
  if (!Object.hasOwn(profiles, name)) return name
  for (let number = 2; ; number++) if (!Object.hasOwn(profiles, `${name}-${number}`)) return `${name}-${number}`
}

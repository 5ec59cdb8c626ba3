import { PROFILE_NAME } from '../../gateway/profile-store.ts'

/** The parts of a profile. */
export interface ProfileInput {
  readonly name: string
  readonly baseUrl: string | undefined
  /** Every credential by field, secret or not. */
  readonly credentials: Readonly<Record<string, string>>
}

/** What is wrong with the name of a profile; undefined when it is fine. */
export function nameProblem(name: string): string | undefined {
  return PROFILE_NAME.test(name) ? undefined : `"${name}" is no name for a profile: letters, digits, dot, dash and underscore.`
}

/** What is wrong with a base URL; undefined when it is fine. */
export function urlProblem(url: string | undefined): string | undefined {
  if (url === undefined || url === '') return 'It is not known where the gateway is: --base-url https://…'
  if (!URL.canParse(url) || !/^https?:/i.test(url)) return `"${url}" is no http(s) address.`
  const { username, password, search, hash } = new URL(url)
  return username || password || search || hash ? 'The address must have no user, query or fragment.' : undefined
}

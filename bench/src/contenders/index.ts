import type { CreateContender } from './contender.ts'

export type ContenderName =
  | 'native fetch'
  | 'axios'
  | 'ky'
  | 'openapi-fetch'
  | 'hey-api client'
  | `wamux ${'client' | 'verb'}, ${'native fetch' | 'node transport' | 'no network'}`
  | 'node transport alone'
  | 'openapi-fetch, no network'

/** Every contender, and how to load what it needs and nothing else. */
export const contenders: Readonly<Record<ContenderName, () => Promise<CreateContender>>> = {
  'native fetch': async () => (await import('./native-fetch.ts')).create,
  axios: async () => (await import('./axios.ts')).create,
  ky: async () => (await import('./ky.ts')).create,
  'openapi-fetch': async () => (await import('./openapi-fetch.ts')).create,
  'hey-api client': async () => (await import('./hey-api.ts')).create,
  'wamux client, native fetch': async () => (await import('./wamux.ts')).createClient,
  'wamux verb, native fetch': async () => (await import('./wamux.ts')).createVerb,
  'node transport alone': async () => (await import('./wamux.ts')).createBareNode,
  'wamux client, node transport': async () => (await import('./wamux.ts')).createClientOnNode,
  'wamux verb, node transport': async () => (await import('./wamux.ts')).createVerbOnNode,
  'openapi-fetch, no network': async () => (await import('./openapi-fetch.ts')).createOffline,
  'wamux client, no network': async () => (await import('./wamux.ts')).createClientOffline,
  'wamux verb, no network': async () => (await import('./wamux.ts')).createVerbOffline,
}

export const contenderNames: readonly ContenderName[] = Object.keys(contenders) as ContenderName[]

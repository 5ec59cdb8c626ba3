import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import type { ChatVerbs } from '../vocabulary/chat.ts'
import type { TypedVerbs } from '../vocabulary/index.ts'
import type { Manifest } from '../vocabulary/manifest.ts'
import type { MessageVerbs } from '../vocabulary/message-verbs.ts'
import type { PluginContext } from './contract.ts'
import { lazyNamespaces } from './lazy-namespaces.ts'

interface Two {
  readonly message: TypedVerbs<MessageVerbs, { star: 'starred'; pin: undefined }>
  readonly chat: TypedVerbs<ChatVerbs, { archive: undefined }>
}

const manifest: Manifest = {
  contract: 1,
  id: 'toy',
  name: 'Toy',
  packageName: 'toy',
  factory: 'createToy',
  about: 'A toy.',
  docs: 'https://toy.invalid/',
  api: { version: '1' },
  sessionTerm: 'session',
  credentials: [],
  capabilities: { 'message.star': 'native', 'message.pin': 'native', 'chat.archive': 'composed' },
}

const context = { config: { key: 'k' } } as PluginContext<{ key: string }>

const star = vi.fn(async () => ({ session: 's', done: true as const, raw: 'starred' as const }))
const pin = vi.fn(async () => ({ session: 's', done: true as const, raw: undefined }))
const archive = vi.fn(async () => ({ session: 's', done: true as const, raw: undefined }))

function toy() {
  const messageVerbs = vi.fn((_context: PluginContext<{ key: string }>) => ({ star, pin }))
  const message = vi.fn(async () => ({ messageVerbs }))
  const chat = vi.fn(async () => ({ chatVerbs: () => ({ archive }) }))
  return { verbs: lazyNamespaces<Two, { key: string }>(manifest, context, { message, chat }), message, messageVerbs, chat }
}

const starInput = { session: 's', chat: 'c', message: 'm', starred: true } as never

describe('lazyNamespaces', () => {
  it('has the namespaces of the loaders with the verbs of the manifest, and loads nothing for it', () => {
    const { verbs, message, chat } = toy()
    expect(Object.keys(verbs)).toEqual(['message', 'chat'])
    expect(Object.keys(verbs.message)).toEqual(['star', 'pin'])
    expect(Object.keys(verbs.chat)).toEqual(['archive'])
    expect(message).not.toHaveBeenCalled()
    expect(chat).not.toHaveBeenCalled()
  })

  it('loads one namespace on its first call, once, and hands it the context', async () => {
    const { verbs, message, messageVerbs, chat } = toy()
    const [answer] = await Promise.all([verbs.message.star(starInput), verbs.message.pin(starInput)])
    expect(answer.raw).toBe('starred')
    expect(message).toHaveBeenCalledTimes(1)
    expect(messageVerbs).toHaveBeenCalledExactlyOnceWith(context)
    expect(chat).not.toHaveBeenCalled()
  })

  it('waits for verbs that load something first', async () => {
    const load = async () => ({ chatVerbs: async () => ({ archive }) })
    const { chat } = lazyNamespaces<Pick<Two, 'chat'>, { key: string }>(manifest, context, { chat: load })
    await expect(chat.archive(starInput)).resolves.toMatchObject({ done: true })
  })

  it('says that nothing was sent when the code cannot be loaded, and tries again at the next call', async () => {
    let online = false
    const load = async () => {
      if (!online) throw new TypeError('offline')
      return { messageVerbs: () => ({ star, pin }) }
    }
    const { message } = lazyNamespaces<Pick<Two, 'message'>, { key: string }>(manifest, context, { message: load })
    await expect(message.star(starInput)).rejects.toMatchObject({ kind: 'network', gateway: 'toy' })
    online = true
    await expect(message.star(starInput)).resolves.toMatchObject({ raw: 'starred' })
  })

  it('says so when a module lacks its function', async () => {
    const load = async () => ({}) as never
    const { message } = lazyNamespaces<Pick<Two, 'message'>, { key: string }>(manifest, context, { message: load })
    await expect(message.pin(starInput)).rejects.toMatchObject({ kind: 'network' })
  })

  it('wants the function of each module by name and type', () => {
    // @ts-expect-error the module of `chat` exports `chatVerbs`
    lazyNamespaces<Pick<Two, 'chat'>, { key: string }>(manifest, context, { chat: async () => ({ messageVerbs: () => ({ archive }) }) })
    // @ts-expect-error a namespace is missing
    lazyNamespaces<Two, { key: string }>(manifest, context, { chat: async () => ({ chatVerbs: () => ({ archive }) }) })
    expectTypeOf<ReturnType<Two['message']['star']>>().toExtend<Promise<{ raw: 'starred' }>>()
  })
})

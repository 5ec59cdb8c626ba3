import type { Clock } from '@wamux/core'
import { NetworkError } from '../errors.ts'
import { BASE64, DIGITS, type Ids } from '../ids.ts'
import type { Memory } from '../memory/memory.ts'
import { dropOldest, MAX_GROUPS } from './limits.ts'
import type { People } from './people/people.ts'
import type { Account, Channel, ChannelInput, Emit } from './types.ts'

/** All throw {@link NetworkError}: `not_found`, and `forbidden` for what only the owner may do. */
export interface Channels {
  create(by: Account, input: ChannelInput): Channel
  find(id: string): Channel | undefined
  byInvite(invite: string): Channel | undefined
  get(id: string): Channel
  /** All channels, oldest first. */
  all(): readonly Channel[]
  /** Those that an account owns or follows. */
  of(account: Account): readonly Channel[]
  /** Changes name and description. */
  change(by: Account, id: string, looks: Partial<Pick<ChannelInput, 'name' | 'description'>>): Channel
  delete(by: Account, id: string): void
  follow(by: Account, id: string): void
  unfollow(by: Account, id: string): void
  mute(by: Account, id: string, muted: boolean): void
}

type StoredChannel = Omit<Channel, 'followers'> & { readonly followers: Map<Account, { muted: boolean }> }

export function createChannels(clock: Clock, ids: Ids, emit: Emit, people: People, memory: Memory): Channels {
  const channels = memory.part('network/channels', () => new Map<string, StoredChannel>())

  function get(id: string): StoredChannel {
    const channel = channels.get(id)
    if (!channel) throw new NetworkError('not_found', `there is no channel ${id}`)
    return channel
  }

  return {
    create(by, { name, description = '', picture }) {
      if (name.trim() === '') throw new NetworkError('invalid', 'a channel needs a name')
      people.keep(by)
      const id = `120363${ids.next('channel', 12, DIGITS)}@newsletter`
      const invite = ids.next('channel-invite', 22, BASE64.slice(0, 62))
      const channel: StoredChannel = { id, name, description, picture, owner: by, followers: new Map(), invite, createdAt: clock.now() }
      channels.set(id, channel)
      dropOldest(
        channels,
        MAX_GROUPS,
        () => {},
        (other) => other === channel,
      )
      emit(by, { type: 'channel', channel, change: 'created' })
      return channel
    },

    find: (id) => channels.get(id),
    byInvite: (invite) => [...channels.values()].find((channel) => invite.split('/').at(-1) === channel.invite),
    get,
    all: () => [...channels.values()],
    of: (account) => [...channels.values()].filter(({ owner, followers }) => owner === account || followers.has(account)),

    change(by, id, looks) {
      const channel = get(id)
      if (channel.owner !== by) throw new NetworkError('forbidden', `${by.phone} does not own ${id}`)
      if (looks.name?.trim() === '') throw new NetworkError('invalid', 'a channel needs a name')
      return Object.assign(channel, looks)
    },

    delete(by, id) {
      const channel = get(id)
      if (channel.owner !== by) throw new NetworkError('forbidden', `${by.phone} does not own ${id}`)
      channels.delete(id)
      for (const account of new Set([by, ...channel.followers.keys()])) emit(account, { type: 'channel', channel, change: 'deleted' })
    },

    follow(by, id) {
      const channel = get(id)
      if (channel.followers.has(by) || channel.owner === by) return
      people.keep(by)
      channel.followers.set(by, { muted: false })
      emit(by, { type: 'channel', channel, change: 'followed' })
    },

    unfollow(by, id) {
      const channel = get(id)
      if (channel.followers.delete(by)) emit(by, { type: 'channel', channel, change: 'unfollowed' })
    },

    mute(by, id, muted) {
      const channel = get(id)
      const follower = channel.followers.get(by) ?? (channel.owner === by ? { muted: false } : undefined)
      if (!follower) throw new NetworkError('forbidden', `${by.phone} does not follow ${id}`)
      follower.muted = muted
      if (channel.owner === by) channel.followers.set(by, follower)
      emit(by, { type: 'channel', channel, change: muted ? 'muted' : 'unmuted' })
    },
  }
}

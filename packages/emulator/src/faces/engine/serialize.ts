import type { Network } from '../../network/network.ts'
import type { Account, Channel, Group, Label, Message, PersonPresence, Role } from '../../network/types.ts'

/** Milliseconds to Unix seconds. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

/** The full id of a message as one account sees it: `true_{chat}_{id}`, in groups followed by `_{author}`. */
export function fullIdOf(account: Account, chat: string, { id, from }: Message): string {
  const author = chat.endsWith('@c.us') || chat.endsWith('@newsletter') ? [] : [from.jid]
  return [from === account, chat, id, ...author].join('_')
}

/** WhatsApp's own id inside a full id; any other text is returned as it is. */
export function bareIdOf(id: string): string {
  return /^(?:true|false)_[^_]+_([^_]+)/.exec(id)?.[1] ?? id
}

/** The message with that full or own id, if the account can see it. */
export function messageOf(network: Network, account: Account, id: string | undefined): Message | undefined {
  return id === undefined ? undefined : network.chats.message(account, bareIdOf(id))
}

const ROLES: Readonly<Record<Role, string>> = { member: 'participant', admin: 'admin', owner: 'superadmin' }

export function participants({ participants: all }: Group): readonly { id: string; pn: string; role: string }[] {
  return [...all].map(([person, role]) => ({ id: person.jid, pn: person.jid, role: ROLES[role] }))
}

// WhatsApp's colours of labels, by their number
const COLORS =
  'ff9485 64c4ff ffd429 dfaef0 99b6c1 55ccb3 ff9dff d3a91d 6d7cce d7e752 00d0e2 ffc5c7 93ceac f74848 00a0f2 83e422 ffaf04 b5ebff 9ba6ff 9368cf'
    .split(' ')
    .map((hex) => `#${hex}`)

export function serializeLabel({ id, name, color }: Label): Record<string, unknown> {
  return { id, name, color, colorHex: COLORS[color] ?? COLORS[0] }
}

/**
 * The number of a colour.
 *
 * @param hex `#rrggbb`
 */
export function colorOf(hex: string | undefined): number | undefined {
  const at = COLORS.indexOf(hex?.toLowerCase() ?? '')
  return at < 0 ? undefined : at
}

/** @param picture address of the picture */
export function serializeChannel(account: Account, channel: Channel, picture: string | null): Record<string, unknown> {
  const { id, name, description, invite, owner, followers } = channel
  const role = owner === account ? 'OWNER' : followers.has(account) ? 'SUBSCRIBER' : 'GUEST'
  const link = `https://whatsapp.com/channel/${invite}`
  return { id, name, description, invite: link, preview: picture, picture, role, verified: false, subscribersCount: followers.size }
}

export function serializePresence(chat: string, presences: readonly PersonPresence[]): Record<string, unknown> {
  return {
    id: chat,
    presences: presences.map(({ person, presence, lastSeenAt }) => ({
      participant: person.jid,
      lastSeen: lastSeenAt === undefined ? null : seconds(lastSeenAt),
      lastKnownPresence: presence,
    })),
  }
}

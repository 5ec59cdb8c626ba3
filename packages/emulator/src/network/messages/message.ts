import type { Ack, Message, MessageInput, MessageType } from '../types.ts'

/** Name of an ack: PENDING, SERVER, DEVICE, READ, PLAYED, ERROR. */
export function ackName(ack: Ack): string {
  return ack === -1 ? 'ERROR' : (['PENDING', 'SERVER', 'DEVICE', 'READ', 'PLAYED'][ack] ?? String(ack))
}

export type MutableMessage = { -readonly [Key in keyof Omit<Message, 'receipts' | 'reactions' | 'votes'>]: Message[Key] } & {
  readonly receipts: Map<string, Ack>
  readonly reactions: Map<string, string>
  readonly votes: Map<string, readonly string[]>
}

export function typeOf({ type, media, place, cards, poll }: Omit<MessageInput, 'from' | 'to'>): MessageType {
  if (type) return type
  if (place) return 'location'
  if (cards) return 'contact'
  if (poll) return 'poll'
  if (!media) return 'text'
  const [kind] = media.mimetype.split('/')
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document'
}

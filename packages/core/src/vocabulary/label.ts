import type { CallOptions } from '../schema/call-options.ts'
import type { Chat } from './chat.ts'
import type { Paged, PageInput } from './page.ts'
import type { Acknowledged, ChatRef } from './refs.ts'
import type { SessionRef } from './session.ts'

export interface Label<Raw = unknown> {
  readonly session: string
  readonly id: string
  readonly name?: string
  /** WhatsApp's number of the colour, where there is one. */
  readonly color?: number
  readonly raw: Raw
}

export interface LabelRef extends SessionRef {
  readonly label: string
}

/** Labels of WhatsApp Business chats. SparkBot's labels are its own, kept by the service: another thing with the same name. */
export interface LabelVerbs {
  /** All labels. */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Label>
  /** Makes a label. */
  create(input: SessionRef & { readonly name: string; readonly color?: number }, options?: CallOptions): Promise<Label>
  /** Changes a label's name or colour. */
  update(input: LabelRef & { readonly name?: string; readonly color?: number }, options?: CallOptions): Promise<Label>
  /** Removes a label, from its chats too. Never repeated by itself. */
  delete(input: LabelRef, options?: CallOptions): Promise<Acknowledged>
  /** The chats that have a label. */
  chats(input: LabelRef & PageInput, options?: CallOptions): Paged<Chat>
  /** The labels of a chat. */
  ofChat(
    input: ChatRef,
    options?: CallOptions,
  ): Promise<{ readonly session: string; readonly labels: readonly Label[]; readonly raw: unknown }>
  /** Gives a chat exactly these labels, by id, and takes away all others. */
  setForChat(input: ChatRef & { readonly labels: readonly string[] }, options?: CallOptions): Promise<Acknowledged>
}

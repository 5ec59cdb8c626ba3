import type { Operation } from '@wamux/core'

/** Where a file may come from in n8n. `id` is the id of a file that the gateway has already. */
export type MediaSource = 'binary' | 'url' | 'base64' | 'id'

/** How a gateway takes a file. */
export interface MediaRule {
  readonly sources: readonly MediaSource[]
  /**
   * What the file becomes. `object`: `{ url | data, mimetype, filename }`. `bare`: `{ url | data }`. `flat`: `url` or `data` beside the
   * other inputs. `text`: a URL or a data URI. `form`: as `text`, a binary field as bytes of a form. `reference`: `{ url }` or `{ file }`.
   */
  readonly style: 'object' | 'bare' | 'flat' | 'text' | 'form' | 'reference'
  /** Media type to name when nothing else says one. */
  readonly mimeType?: string
  /** A list of files in place of one. */
  readonly many?: true
}

/** How the From List of a resource locator is filled. */
export interface ListRule {
  /** The operation that lists. */
  readonly operation: string
  /** Title Case, one of them: `Chat`. */
  readonly label: string
  /** Wire names of inputs that are taken from the node, and the parameter they are read from. */
  readonly needs?: Readonly<Record<string, string>>
  readonly input?: Readonly<Record<string, unknown>>
  /** Where the id, the name and a second line are, first hit wins; dots go deeper. */
  readonly id: readonly string[]
  readonly name: readonly string[]
  readonly about?: readonly string[]
  /** Keeps the entries whose id ends like this. */
  readonly idEndsWith?: string
  /** Placeholder of By ID. */
  readonly example: string
  /** The id may be given as a phone number, which then becomes a JID of this server. */
  readonly phone?: 'c.us' | 's.whatsapp.net'
}

/** How a list comes in pages. */
export interface PagingRule {
  /** `offset`: `limit` and `offset`; `page`: `size` and `page` from 0. `none`: the whole list at once. */
  readonly by: 'offset' | 'page' | 'none'
  /** Most that is asked for at once. */
  readonly size: number
  /** It leaves out some of what it counts, so that only an empty page is the last one. */
  readonly sparse?: true
}

/** What is said by hand about the node of one gateway; everything else follows from its operation table. */
export interface Overlay {
  /** Name of the gateway as people read it. */
  readonly gateway: string
  /** Resource of the table: value and name of the option, both singular. */
  readonly resources: Readonly<Record<string, readonly [value: string, name: string]>>
  /** Resource and operation that a new node starts with; the first operation is never one that changes something. */
  readonly firstResource: string
  readonly firstOperations: Readonly<Record<string, string>>
  /** The gateway's API has no webhooks of its own: the node has a resource Webhook that changes the settings of sessions. */
  readonly composesWebhooks?: true
  /** Operation id: label, where the table's is not to be used. */
  readonly labels?: Readonly<Record<string, string>>
  /** Operation id: what the editor's list of actions says, where it is not the label. */
  readonly actions?: Readonly<Record<string, string>>
  /** `operation.field` or `field`: display name. */
  readonly fieldLabels?: Readonly<Record<string, string>>
  /** `operation.field` or `field`: what a boolean says, after "Whether". */
  readonly whether?: Readonly<Record<string, string>>
  /** `operation.field`: description in place of the document's. */
  readonly fieldAbout?: Readonly<Record<string, string>>
  /** The list that a field is chosen from. */
  locatorOf(operation: Operation, path: string): string | undefined
  readonly lists: Readonly<Record<string, ListRule>>
  /** `operation.field` or `operation` (style `flat`): a file. */
  mediaOf(operation: Operation, path: string): MediaRule | undefined
  /** Resources, by their values, that stand first and last in the list; the others are between them by name. */
  readonly order: { readonly first: readonly string[]; readonly last: readonly string[] }
  /** `resource.field` or `operation.field`: optional fields that stand on top, sent only when they are filled. */
  readonly onTop?: readonly string[]
  /** Required text that may be empty, `operation.field`. */
  readonly mayBeEmpty?: readonly string[]
  /** Fields of which one is chosen. */
  readonly choice?: {
    readonly name: string
    readonly label: string
    readonly about: string
    readonly fields: readonly string[]
    appliesTo(operation: Operation): boolean
  }
  /** How long an operation may take when the node does not say, ms; for those that need more than most. */
  readonly slow?: Readonly<Record<string, number>>
  /** Operations that answer with a list. */
  pagingOf(operation: Operation): PagingRule | undefined
  /** Operations whose answers are cut down to the fields that most workflows need, unless Simplify is off. */
  simplifyOf(operation: Operation): readonly string[] | undefined
}

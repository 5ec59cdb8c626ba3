/** What completion has to know of a group: its commands, each with what it is about and its flags. */
export interface IndexedGroup {
  readonly about: string
  /** Under its word; what the group's word alone does is under the empty one. */
  readonly commands: Readonly<Record<string, IndexedCommand>>
}

/** About, and the flags of its own separated by spaces. */
export type IndexedCommand = readonly [about: string, flags: string]

export type CommandIndex = Readonly<Record<string, IndexedGroup>>

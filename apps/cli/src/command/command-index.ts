/** What shell completion knows about a first word: its commands, their descriptions and flags. */
export interface IndexedGroup {
  readonly about: string
  /** By name; the empty name is the command of the first word alone. */
  readonly commands: Readonly<Record<string, IndexedCommand>>
}

/** A description, and the command's own flags separated by spaces. */
export type IndexedCommand = readonly [about: string, flags: string]

/** Everything that completion knows about commands, by first word. `pnpm --filter wamux index` writes it to src/generated. */
export type CommandIndex = Readonly<Record<string, IndexedGroup>>

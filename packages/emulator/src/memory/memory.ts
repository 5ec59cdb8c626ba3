import { EmulatorError } from '../errors.ts'

/** The emulator's state in named parts: what is in them is what a snapshot keeps. */
export interface Memory {
  /** Whether the parts come from a snapshot. */
  readonly restored: boolean
  /**
   * The part of that name, which its one owner changes in place: plain objects, arrays, maps, sets and bytes, no functions.
   *
   * @param name `network/calls`
   * @param make makes it for an emulator that starts empty
   */
  part<Part extends object>(name: string, make: () => Part): Part
}

/** Parts by name. */
export type Parts = Readonly<Record<string, object>>

/**
 * Makes the memory of one emulator.
 *
 * @param saved the parts of a snapshot; default: none, and all start empty
 * @returns the memory, and `parts`, all that was asked for
 */
export function createMemory(saved?: Parts): Memory & { parts(): Parts } {
  const parts = new Map<string, object>()
  return {
    restored: saved !== undefined,
    part<Part extends object>(name: string, make: () => Part): Part {
      if (parts.has(name)) throw new Error(`two owners of ${name}`)
      const fresh = make()
      const part = saved && Object.hasOwn(saved, name) ? saved[name] : fresh
      if (Object.getPrototypeOf(part ?? 0) !== Object.getPrototypeOf(fresh)) {
        throw new EmulatorError('invalid', `state: its part ${name} is damaged`)
      }
      parts.set(name, part as Part)
      return part as Part
    },
    parts: () => Object.fromEntries(parts),
  }
}

/**
 * A person. WhatsApp names the same person by number or by LID, an id that hides the number, and messages may use either. Names that the
 * gateway did not tell are absent.
 */
export interface Person {
  /** JID that the gateway used here: `…@c.us` or `…@lid`. */
  readonly id: string
  /** E.164 number with plus, if known. */
  readonly phone?: string
  /** LID, if known: `…@lid`. */
  readonly lid?: string
}

/** What results and events about a person contain besides the JID. */
export interface OfPerson {
  /** E.164 number of `person`, if the gateway's response tells it. */
  readonly phone?: string
  /** The other person: who wrote to this account or acted, or whom this account wrote to. */
  readonly person?: Person
}

/**
 * The people that an event names: the author or partner of its message, the person it is about, and those of a list.
 *
 * @param data `data` of an event
 */
export function peopleIn(data: object): readonly (Person | undefined)[] {
  const { message, person, persons } = data as OfPerson & { readonly message?: unknown; readonly persons?: readonly Person[] }
  // `message` is the message, or only its id
  return [(Object(message) as OfPerson).person, person, ...(persons ?? [])]
}

/**
 * A person. WhatsApp names the same one by number or by an id that hides it (LID), and one message may come under both.
 * What the gateway did not tell is absent; nothing is guessed.
 */
export interface Person {
  /** JID under which the gateway named the person here: `…@c.us` or `…@lid`. */
  readonly id: string
  /** E.164 number. */
  readonly phone?: string
  /** JID that hides the number, `…@lid`. */
  readonly lid?: string
}

/** What results and events about a person have beside the JID. */
export interface OfPerson {
  /** E.164 number of `person`, where anything in the gateway's answer tells it. */
  readonly phone?: string
  /** The other person: who wrote to this account or acted, or whom this account wrote to. */
  readonly person?: Person
}

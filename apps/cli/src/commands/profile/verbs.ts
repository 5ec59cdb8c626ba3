import { PICTURE, SESSION } from '../../verb/input-specs.ts'
import { showDone, showPairs } from '../../verb/show.ts'
import type { VerbSpecs } from '../../verb/verb-spec.ts'

/** The verbs about the WhatsApp account's own profile. The profiles of wamux are in group.ts. */
export const profileVerbs: VerbSpecs<'profile'> = {
  get: {
    about: "the WhatsApp account's own profile",
    input: { session: SESSION },
    examples: ['wamux profile get default'],
    show: showPairs(({ id, name, about, pictureUrl }) => [
      ['id', id],
      ['name', name],
      ['about', about],
      ['picture', pictureUrl],
    ]),
  },
  setName: {
    about: "change the WhatsApp account's display name",
    input: { session: SESSION, name: { about: 'the new name', positional: true, required: true, freeText: true } },
    examples: ['wamux profile set-name default "Ada’s Bakery"'],
    show: showDone('changed'),
  },
  setAbout: {
    about: 'change the about text of the WhatsApp account',
    input: { session: SESSION, about: { about: 'the new text, or - for stdin', positional: true, required: true, freeText: true } },
    examples: ['wamux profile set-about default "Open 9 to 5"'],
    show: showDone('changed'),
  },
  setPicture: {
    about: "change the WhatsApp account's picture",
    input: { session: SESSION, file: PICTURE },
    examples: ['wamux profile set-picture default logo.jpg'],
    show: showDone('changed'),
  },
}

import type { SentStatus, StatusVerbs, VerbImplementations } from '@wamux/core'
import { invalidInput } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import { acknowledged } from '../fields/results.ts'
import type { EngineGateway } from './calls.ts'
import { fileFields, type SendDifferences, sentFacts, videoFields, voiceFields } from './sends.ts'
import { type EngineVerbs, type RoutesOf, requestsOf, type Taking } from './typed-routes.ts'

/** What the verbs send. */
interface Sent<File, Video, Voice> {
  sendText: { text: string; backgroundColor: string; font: number }
  sendImage: File & { caption?: string }
  sendVideo: File & Video & { caption?: string }
  sendVoice: File & Voice & { convert: boolean }
  delete: { id: string }
}

export interface StatusDifferences<File, Video, Voice> extends SendDifferences<File, Video> {
  /** What a voice note has to have besides its file, made from the default background. */
  readonly voiceExtras: (backgroundColor: string) => Voice
}

// both fields are required; these are the vendors' defaults
const BACKGROUND = '#38b42f'
const FONT = 0

/** The status verbs. */
export function engineStatusVerbs<
  File extends object,
  Video extends object,
  Voice extends object,
  Routes extends RoutesOf<Sent<File, Video, Voice>>,
>(
  engine: EngineGateway,
  routes: Routes & Taking<Routes, Sent<File, Video, Voice>>,
  differences: StatusDifferences<File, Video, Voice>,
): EngineVerbs<StatusVerbs, Routes> {
  const request = requestsOf<Sent<File, Video, Voice>>(engine, routes)
  const posted = (session: string, raw: unknown): SentStatus => ({ session, ...sentFacts(raw, differences), raw })

  const verbs: VerbImplementations<StatusVerbs> = {
    async sendText({ session, text, backgroundColor = BACKGROUND }, options) {
      if (!/^#[0-9a-f]{6}$/i.test(backgroundColor)) throw invalidInput('backgroundColor', 'expected #rrggbb')
      return posted(session, await request('sendText', session, { text: textInput(text, 'text'), backgroundColor, font: FONT }, options))
    },

    async sendImage(input, options) {
      return posted(input.session, await request('sendImage', input.session, await fileFields(differences, input, 'image/jpeg'), options))
    },

    async sendVideo(input, options) {
      return posted(input.session, await request('sendVideo', input.session, await videoFields(differences, input), options))
    },

    async sendVoice(input, options) {
      const fields = { ...(await voiceFields(differences, input)), ...differences.voiceExtras(BACKGROUND) }
      return posted(input.session, await request('sendVoice', input.session, fields, options))
    },

    async delete({ session, message }, options) {
      return acknowledged(session, await request('delete', session, { id: textInput(message, 'message') }, options))
    },
  }
  return verbs as unknown as EngineVerbs<StatusVerbs, Routes>
}

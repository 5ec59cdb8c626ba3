import { base64, qrPng } from '../../files/qr.ts'
import { parsePhone } from '../../network/phone-number.ts'
import type { SessionStore } from '../../state.ts'
import { type Answer, content, json } from '../../wire/answer.ts'
import type { HeaderReader } from '../../wire/request.ts'
import type { Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { ENGINE_STATUS, nestError, noSession, notFound, wrongStatus } from './serialize.ts'

/** QR code, pairing code and screenshot. */
export function pairingHandlers(sessions: SessionStore): Record<string, Handler> {
  return {
    'auth.getQr': async ({ params, query, headers }) => {
      const id = params.session ?? ''
      const session = sessions.get(id)
      if (!session) return noSession(id)
      await session.settled()
      if (!session.qr) return wrongStatus(session, 'SCAN_QR_CODE')
      // an unknown format is answered with a picture
      if (query.get('format') === 'raw') return json(200, { value: session.qr.value })
      return picture(headers, 'image/png', session.qr.value)
    },

    'auth.requestCode': async ({ params, body }) => {
      const id = params.session ?? ''
      const session = sessions.get(id)
      if (!session) return noSession(id)
      await session.settled()
      if (textOf(body.method) !== undefined) {
        return nestError(422, 'Unprocessable Entity', "NOWEB engine doesn't support any 'method', remove it and try again")
      }
      if (session.running && session.phase !== 'pairing') {
        const text = `Can request code only in SCAN_QR_CODE status. The current status is ${ENGINE_STATUS[session.phase]}`
        return nestError(422, 'Unprocessable Entity', text)
      }
      const phone = parsePhone(body.phoneNumber)
      if (phone === undefined) return nestError(400, 'Bad Request', 'phoneNumber must be a phone number')
      const code = session.requestCode(phone)
      return code === undefined ? wrongStatus(session, 'SCAN_QR_CODE') : json(201, { code })
    },

    'sessions.screenshot': ({ query, headers }) => {
      const id = query.get('session') ?? ''
      const session = sessions.get(id)
      if (!session?.running) {
        const hint = `Please start it first by using POST /api/sessions/${id}/start request`
        return notFound(`We didn't find a session with name '${id}'.\n${hint}`)
      }
      // the real server sends a PNG with this content type, too
      if (session.qr) return picture(headers, 'image/jpeg', session.qr.value)
      if (session.changing) {
        return nestError(422, 'Unprocessable Entity', 'The session is starting, please try again after few seconds')
      }
      if (session.phase === 'failed') return nestError(422, 'Unprocessable Entity', 'Unknown status - FAILED')
      return nestError(422, 'Unprocessable Entity', 'Can not get screenshot for non chrome based engine.')
    },
  }
}

function picture(headers: HeaderReader, mimetype: string, value: string): Answer {
  const png = qrPng(value)
  const wantsJson = /\bjson\b/i.test(headers.get('accept') ?? '')
  return wantsJson ? json(200, { mimetype, data: base64(png) }) : content(200, mimetype, png)
}

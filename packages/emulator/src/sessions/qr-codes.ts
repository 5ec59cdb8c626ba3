import { BASE64, type Ids } from '../ids.ts'

export interface Qr {
  /** The text inside the QR code. */
  readonly value: string
  readonly expiresInMs: number
}

/**
 * The QR code that a session shows.
 *
 * @param elapsed since it began to pair, ms
 * @param key of this pairing
 * @param lifeMs life of one code
 */
export function qrAt(elapsed: number, key: string, ids: Ids, lifeMs: number): Qr {
  const turn = Math.floor(elapsed / lifeMs)
  const keys = [1, 2, 3].map((index) => `${ids.of(`${key}/key${index}`, 43, BASE64)}=`)
  const value = [`2@${ids.of(`${key}/${turn}`, 88, BASE64)}`, ...keys].join(',')
  return { value, expiresInMs: (turn + 1) * lifeMs - elapsed }
}

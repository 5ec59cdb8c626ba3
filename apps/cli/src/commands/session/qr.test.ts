import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { jsonText } from '../../print/json.ts'
import { textWidth } from '../../print/text-width.ts'
import { paintFor } from '../../terminal/terminal.ts'
import { drawQr, qrPicture } from './qr.ts'

const VALUE = `2@${'abcd'.repeat(22)},${['x', 'y', 'z'].map((letter) => `${letter.repeat(43)}=`).join(',')}`
const plain = paintFor({ write() {} }, {})

/** The squares that a drawing shows: true is dark. */
function squares(drawing: string): boolean[][] {
  return drawing
    .trimEnd()
    .split('\n')
    .flatMap((line) => [[...line].map((sign) => sign === ' ' || sign === '▄'), [...line].map((sign) => sign === ' ' || sign === '▀')])
}

it('draws every square, in half blocks', () => {
  const { data } = encode(VALUE, { ecc: 'L', border: 2 })
  expect(squares(drawQr(VALUE, plain)).slice(0, data.length)).toEqual(data)
})

it('fits a code of WhatsApp into 80 columns', () => {
  const lines = drawQr(VALUE, plain).trimEnd().split('\n')
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(80)
})

it('is black on white with colour, whatever the theme', () => {
  const [line = ''] = drawQr(VALUE, paintFor({ write() {} }, { FORCE_COLOR: '1' })).split('\n')
  expect(line.startsWith('\x1b[97;40m')).toBe(true)
  expect(line.endsWith('\x1b[0m')).toBe(true)
})

it('is a picture, too', () => {
  expect(qrPicture(VALUE)).toMatch(/^<svg/)
})

it('writes bytes as base64 in JSON, and no control characters', () => {
  expect(jsonText({ data: new Uint8Array([1, 2]), text: 'a\x1b\x9b\u2028' }, 0)).toBe('{"data":"AQI=","text":"a\\u001b\\u009b\\u2028"}')
  expect(jsonText(undefined)).toBe('null')
})

import { encode, renderSVG } from 'uqr'
import type { Paint } from '../../terminal/terminal.ts'

// the standard asks for four; two are enough on a screen and keep the picture small
const BORDER = 2

/**
 * A QR code in half blocks. With colour it is black on white whatever the terminal's theme; without, light squares are drawn, as most
 * terminals are dark.
 */
export function drawQr(value: string, paint: Paint): string {
  const { data } = encode(value, { ecc: 'L', border: BORDER })
  const lines: string[] = []
  for (let row = 0; row < data.length; row += 2) {
    const upper = data[row] ?? []
    const lower = data[row + 1]
    const light = upper.map((dark, column) => block(!dark, lower ? !lower[column] : true)).join('')
    lines.push(paint.on ? `\x1b[97;40m${light}\x1b[0m` : light)
  }
  return `${lines.join('\n')}\n`
}

function block(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀'
  return lower ? '▄' : ' '
}

/** A QR code as an SVG picture. */
export function qrPicture(value: string): string {
  return renderSVG(value, { border: 4 })
}

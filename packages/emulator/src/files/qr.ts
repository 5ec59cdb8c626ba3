import { encode, renderSVG } from 'uqr'
import { drawPng } from './png.ts'

// four squares of white around it, or scanners do not find it
const BORDER = 4

/** A QR code as a PNG. */
export function qrPng(text: string): Uint8Array<ArrayBuffer> {
  return drawPng(encode(text, { border: BORDER }).data, 4)
}

/** A QR code as an SVG. */
export function qrSvg(text: string): string {
  return renderSVG(text, { border: BORDER, pixelSize: 4 })
}

/** Bytes as base64. */
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

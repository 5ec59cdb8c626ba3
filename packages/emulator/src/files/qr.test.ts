import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { scanPng } from '../../test/picture.ts'
import { base64, qrPng, qrSvg } from './qr.ts'

const TEXT = `2@${'aB3+'.repeat(22)},${'k'.repeat(43)}=,${'l'.repeat(43)}=,${'m'.repeat(43)}=`

test('the PNG is a QR code that a scanner reads', () => {
  expect(scanPng(qrPng(TEXT))).toBe(TEXT)
  expect(scanPng(qrPng('2@short'))).toBe('2@short')
})

test('the checksums of the PNG are right', () => {
  const png = qrPng(TEXT)
  const view = new DataView(png.buffer)
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at)
    expect(view.getUint32(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)))
    at += 12 + length
  }
})

test('the SVG draws the same squares', () => {
  expect(qrSvg(TEXT)).toMatch(/^<svg[\s\S]*<\/svg>$/)
  expect(qrSvg(TEXT)).not.toBe(qrSvg('2@short'))
})

test('bytes become base64', () => {
  expect(base64(Uint8Array.of(0, 255, 128))).toBe('AP+A')
})

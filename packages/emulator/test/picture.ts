import { inflateSync } from 'node:zlib'
import jsQR from 'jsqr'

type Scan = (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null

// a CommonJS module: which of the two it is depends on who loads it
const loaded = jsQR as unknown as Scan | { default: Scan }
const scan = typeof loaded === 'function' ? loaded : loaded.default

/** Reads a PNG of ours and scans the QR code on it. */
export function scanPng(png: Uint8Array): string | undefined {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const width = view.getUint32(16)
  const height = view.getUint32(20)
  const length = view.getUint32(33)
  const pixels = inflateSync(png.subarray(41, 41 + length))
  const rowBytes = 1 + Math.ceil(width / 8)
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = pixels[y * rowBytes + 1 + (x >> 3)] ?? 0
      const value = (byte >> (7 - (x & 7))) & 1 ? 255 : 0
      rgba.set([value, value, value, 255], (y * width + x) * 4)
    }
  }
  return scan(rgba, width, height)?.data
}

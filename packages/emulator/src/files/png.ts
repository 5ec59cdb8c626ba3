/** Draws black and white squares as a PNG, uncompressed: small enough for QR codes and free of any platform. */
export function drawPng(squares: readonly (readonly boolean[])[], scale: number): Uint8Array<ArrayBuffer> {
  const size = squares.length * scale
  const rowBytes = 1 + Math.ceil(size / 8)
  const pixels = new Uint8Array(rowBytes * size)
  for (let y = 0; y < size; y++) {
    const row = squares[Math.floor(y / scale)] ?? []
    for (let x = 0; x < size; x++) {
      const white = !row[Math.floor(x / scale)]
      const at = y * rowBytes + 1 + (x >> 3)
      if (white) pixels[at] = (pixels[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, size)
  view.setUint32(4, size)
  header[8] = 1 // one bit a pixel, greyscale
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  return join([signature, chunk('IHDR', header), chunk('IDAT', store(pixels)), chunk('IEND', new Uint8Array())])
}

const BLOCK = 0xffff

// a zlib stream of stored blocks
function store(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)]
  for (let at = 0; at < data.length; at += BLOCK) {
    const block = data.subarray(at, at + BLOCK)
    const last = at + BLOCK >= data.length ? 1 : 0
    const length = block.length
    parts.push(Uint8Array.of(last, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff), block)
  }
  return join([...parts, bigEndian(adler32(data))])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = join([Uint8Array.from(type, (character) => character.charCodeAt(0)), data])
  return join([bigEndian(data.length), body, bigEndian(crc32(body))])
}

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function adler32(data: Uint8Array): number {
  let low = 1
  let high = 0
  for (const byte of data) {
    low = (low + byte) % 65_521
    high = (high + low) % 65_521
  }
  return ((high << 16) | low) >>> 0
}

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

import type { SessionQr } from '@wamux/core'
import { UsageError } from '../../errors/usage-error.ts'
import type { View } from '../../verb/verb-spec.ts'

export const SCAN_HINT: string = 'Scan it with the phone: WhatsApp > Settings > Linked devices > Link a device.'

/** A QR code drawn for a terminal. @throws UsageError where the gateway has only a picture */
export async function printQr({ value, image, expiresInMs }: SessionQr, { paint, say, manifest }: View): Promise<string> {
  if (value === undefined) {
    if (!image) throw new Error(`${manifest.name} answered without a QR code.`)
    throw new UsageError(
      `${manifest.name} gives its QR code as a picture only (${image.mimetype}), which a terminal cannot show.`,
      `Save it: --out qr${extensionOf(image.mimetype)}`,
    )
  }
  const { drawQr } = await import('./qr.ts')
  say(expiresInMs === undefined ? SCAN_HINT : `${SCAN_HINT} It is good for ${Math.ceil(expiresInMs / 1000)} s.`)
  return drawQr(value, paint)
}

export interface SavedQr {
  readonly file: string
  readonly mimetype: string
  readonly bytes: number
}

/** Saves a QR code as a picture to the file that `--out` names. @throws UsageError when that cannot be done */
export async function saveQr({ value, image }: SessionQr, { values, say, manifest }: View): Promise<SavedQr> {
  const file = values.required('out')
  const drawn = file.toLowerCase().endsWith('.svg') && value !== undefined
  const picture = drawn ? await drawSvg(value) : (image ?? (value === undefined ? undefined : await textOnly(manifest.name)))
  if (!picture) throw new Error(`${manifest.name} answered without a QR code.`)
  const { writeFile } = await import('node:fs/promises')
  try {
    await writeFile(file, picture.data)
  } catch (error) {
    throw new UsageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
  say(`Saved to ${file} (${picture.mimetype}). ${SCAN_HINT}`)
  const expected = extensionOf(picture.mimetype)
  if (expected && !file.endsWith(expected))
    say(`${manifest.name} gave ${picture.mimetype}: a name that ends in ${expected} would fit it better.`)
  return { file, mimetype: picture.mimetype, bytes: picture.data.length }
}

/** The result of `--out` for `--json`: where the picture is, instead of the picture. */
export function withoutPicture(qr: SessionQr, saved: SavedQr): unknown {
  return { session: qr.session, image: saved, ...(qr.expiresInMs === undefined ? {} : { expiresInMs: qr.expiresInMs }) }
}

function textOnly(name: string): never {
  throw new UsageError(`${name} gives only the text of its QR code; wamux can draw it as SVG.`, 'Choose a name that ends in .svg')
}

async function drawSvg(value: string): Promise<NonNullable<SessionQr['image']>> {
  const { qrPicture } = await import('./qr.ts')
  return { mimetype: 'image/svg+xml', data: new TextEncoder().encode(qrPicture(value)) }
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/svg+xml': '.svg', 'image/png': '.png', 'image/jpeg': '.jpg' }

function extensionOf(mimetype: string): string {
  const type = mimetype.split(';', 1)[0] ?? ''
  return Object.hasOwn(EXTENSIONS, type) ? (EXTENSIONS[type] ?? '') : ''
}

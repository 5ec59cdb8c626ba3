const MIME_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  mp4: 'video/mp4',
  webm: 'video/webm',
  '3gp': 'video/3gpp',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  pdf: 'application/pdf',
  zip: 'application/zip',
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  vcf: 'text/vcard',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Media type by the ending of a name or address, for gateways that demand one. */
export function mimeTypeOf(address: string): string | undefined {
  const path = address.split(/[?#]/, 1)[0] ?? ''
  const ending = /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(MIME_TYPES, ending) ? MIME_TYPES[ending] : undefined
}

/** Ending for a file name by its media type. */
export function endingOf(mimeType: string): string {
  const plain = mimeType.split(';', 1)[0]?.trim()
  return Object.entries(MIME_TYPES).find(([, type]) => type === plain)?.[0] ?? 'bin'
}

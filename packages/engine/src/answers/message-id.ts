/**
 * Reads the id of a message in the forms that engines write: WEBJS (`id` as text or `{ _serialized }`), Baileys (`key`) and whatsmeow
 * (`_data.Info.ID`). Never throws.
 *
 * @param raw what the gateway gave
 * @returns `undefined` when there is none
 */
export function engineMessageId(raw: unknown): string | undefined {
  const message = record(raw)
  if (!message) return undefined
  if (typeof message.id === 'string' && message.id !== '') return message.id
  const serialized = record(message.id)?._serialized
  if (typeof serialized === 'string') return serialized
  const parts = partsId(record(message.id))
  if (parts !== undefined) return parts
  const data = record(message._data)
  return keyId(record(message.key) ?? record(data?.key)) ?? engineMessageId(data) ?? text(record(data?.Info)?.ID)
}

// WEBJS answers sends with the parts only since July 2026: `{ fromMe, remote, id }`, `remote` as text or as an object
function partsId(parts: Record<string, unknown> | undefined): string | undefined {
  const remote = parts?.remote ?? parts?.remoteJid
  return keyId(
    parts && { ...parts, remoteJid: text(remote) ?? text(record(remote)?._serialized), participant: personId(parts.participant) },
  )
}

function personId(person: unknown): string | undefined {
  return text(person) ?? text(record(person)?._serialized)
}

// the form that WEBJS uses everywhere, so that an id from one engine can be used like one from another
function keyId(key: Record<string, unknown> | undefined): string | undefined {
  if (!key || typeof key.id !== 'string' || key.id === '') return undefined
  const chat = text(key.remoteJid)?.replace('@s.whatsapp.net', '@c.us')
  const author = text(key.participant)?.replace('@s.whatsapp.net', '@c.us')
  return chat ? [String(key.fromMe === true), chat, key.id, ...(author ? [author] : [])].join('_') : key.id
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * Reads the id of a message in the forms that engines write: WEBJS (`id` as text, `{ _serialized }`, `{ $1 }` or in parts), Baileys
 * (`key`) and whatsmeow (`_data.Info.ID`). Never throws.
 *
 * @param raw what the gateway gave
 * @returns `undefined` when there is none
 */
export function engineMessageId(raw: unknown): string | undefined {
  const message = record(raw)
  if (!message) return undefined
  const data = record(message._data)
  const named = wholeId(message.id) ?? keyId(record(message.id))
  return named ?? keyId(record(message.key) ?? record(data?.key)) ?? engineMessageId(data) ?? text(record(data?.Info)?.ID)
}

/**
 * Reads the id of a message from the value of an id field, in any form of {@link engineMessageId}.
 *
 * @param id what the gateway gave
 */
export function messageIdOf(id: unknown): string | undefined {
  return engineMessageId({ id })
}

// answers since July 2026 have `$1` where `_serialized` was
function wholeId(id: unknown): string | undefined {
  const parts = record(id)
  return text(id) ?? text(parts?._serialized) ?? text(parts?.$1)
}

// JIDs of WEBJS are objects too, with their text or in parts
function jidText(jid: unknown): string | undefined {
  const { user, server } = record(jid) ?? {}
  const whole = wholeId(jid) ?? (text(user) && text(server) && `${user}@${server}`)
  return whole?.replace('@s.whatsapp.net', '@c.us')
}

// the form that WEBJS uses everywhere, so that an id from one engine can be used like one from another
function keyId(key: Record<string, unknown> | undefined): string | undefined {
  const id = wholeId(key?.id)
  if (!key || id === undefined) return undefined
  // a whole id inside an id
  const chat = /^(true|false)_/.test(id) ? undefined : jidText(key.remote ?? key.remoteJid)
  const author = jidText(key.participant)
  return chat ? [String(key.fromMe === true), chat, id, ...(author ? [author] : [])].join('_') : id
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** `requestPairingCode` -> `request-pairing-code` */
export function wordOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter, index: number) => `${index === 0 ? '' : '-'}${letter.toLowerCase()}`)
}

/** What two writings of one name have in common: `chatId`, `chat-id` and `chat_id` are `chatid`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '').replaceAll('[', '.').replaceAll(']', '')
}

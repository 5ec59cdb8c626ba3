/** `requestPairingCode` -> `request-pairing-code` */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter, index: number) => `${index === 0 ? '' : '-'}${letter.toLowerCase()}`)
}

/** What two writings of one name have in common: `chatId`, `chat-id` and `chat_id` are `chatid`. */
export function comparableName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '').replaceAll('[', '.').replaceAll(']', '')
}

/** Why an operation is answered with an example, by gateway and the beginning of its id; the longest beginning counts. */
const REASONS: Readonly<Record<string, string>> = {
  'waha channels.previewMessages': 'posts of channels that nobody here follows: the network has none',
  'waha channels.listSearch': "WhatsApp's own list, which no call changes",
  'waha mcp.request': 'another protocol, which `wamux mcp` speaks itself',
  'waha server.stop': 'it would end the program that runs the emulator',
  'waha server.cpuProfile': 'a measurement of a real server',
  'waha server.heapSnapshot': 'a measurement of a real server',
  'waha server.browserTrace': 'a measurement of a real browser',
  'wawp sessions.getRateLimit': "a plan of the vendor's account",
  'wawp sessions.setRateLimit': "a plan of the vendor's account",
  'wawp sessions.getTempLink': "a page on the vendor's site",
  'wawp sessions.createTempLink': "a page on the vendor's site",
  'wawp sessions.deleteTempLink': "a page on the vendor's site",
  'wawp groups.delete': 'WhatsApp does not delete groups, and what Wawp does instead was not seen',
  'wawp channels.searchBy': 'how Wawp shows what was found was not seen',
  'wawp channels.getSearch': "WhatsApp's own list, which no call changes",
  'sparkbot outboundMessages.update': 'which changes a waiting message takes was not seen',
  'sparkbot chats.sync': 'fetches from the phone what the emulator always has',
  'sparkbot files.deleteMany': 'which filters belong together was not seen',
  'sparkbot files.update': 'it changes facts that no other answer shows',
  'sparkbot files.getPreview': 'a smaller picture of a file, which the emulator does not draw',
  'sparkbot channels.updateImage': 'pictures of channels are shown nowhere',
  'sparkbot profile.getImage': 'the picture of the profile is in `profile.get`',
  'sparkbot catalog.': 'the network has no shops',
  'sparkbot webhooks.getLogs': 'what a log entry holds was seen in part only',
}

/**
 * Why an operation is answered with an example.
 *
 * @param gateway id of the gateway
 * @param operation id of the operation
 * @returns `undefined` when no reason is given here
 */
export function whyExample(gateway: string, operation: string): string | undefined {
  const name = `${gateway} ${operation}`
  const [best] = Object.keys(REASONS)
    .filter((beginning) => name.startsWith(beginning))
    .sort((one, other) => other.length - one.length)
  return best === undefined ? undefined : REASONS[best]
}

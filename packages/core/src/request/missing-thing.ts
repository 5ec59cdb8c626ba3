/** Kinds of things that a gateway may not find, each with the words by which gateways name it. */
const THINGS: readonly (readonly [words: RegExp, thing: string])[] = [
  [/\bmessages?\b/i, 'message'],
  [/\b(groups?|participants?)\b/i, 'group'],
  [/\bchannels?\b|newsletter/i, 'channel'],
  [/\blabels?\b/i, 'label'],
  [/\bwebhooks?\b/i, 'webhook'],
  [/\b(files?|media)\b/i, 'file'],
  [/\b(contacts?|users?|numbers?|LIDs?|recipients?)\b/i, 'contact'],
  [/\bchats?\b/i, 'chat'],
  [/\bapps?\b/i, 'app'],
  [/\b(keys?|api-?keys)\b/i, 'key'],
  [/\b(sessions?|instances?|devices?)\b/i, 'session'],
]
const NOT_THERE = /not found|does(?:n't| not) exist|no such|unknown|\bno \w+ found/i

/**
 * Names what a gateway did not find.
 *
 * @param operation operation id, `groups.get`, or `GET /path` of the typed client
 * @param vendorMessage what the gateway said
 * @returns `message`, `group`, `session` and so on; `thing` when neither says it
 */
export function missingThing(operation: string, vendorMessage: string | undefined): string {
  // the gateway's message decides first: the id of an operation on a chat says nothing about a missing session
  const named = vendorMessage !== undefined && NOT_THERE.test(vendorMessage) ? thingIn(vendorMessage) : undefined
  return named ?? thingIn(operation.replace(/([A-Z])/g, ' $1').replace(/\{[^{}]*\}|[./_-]/g, ' ')) ?? 'thing'
}

function thingIn(words: string): string | undefined {
  return THINGS.find(([word]) => word.test(words))?.[1]
}

import { isRecord } from '../../http.ts'

const EVENTS: readonly string[] = [
  'session.status',
  'message',
  'message.reaction',
  'message.any',
  'message.ack',
  'message.ack.group',
  'message.waiting',
  'message.revoked',
  'message.edited',
  'state.change',
  'group.join',
  'group.leave',
  'group.v2.join',
  'group.v2.leave',
  'group.v2.update',
  'group.v2.participants',
  'presence.update',
  'poll.vote',
  'poll.vote.failed',
  'chat.archive',
  'call.received',
  'call.accepted',
  'call.rejected',
  'label.upsert',
  'label.deleted',
  'label.chat.added',
  'label.chat.deleted',
  'event.response',
  'event.response.failed',
  'engine.event',
  '*',
]

/** What WAHA's validation says of the body that creates or changes a session; empty when it is right. */
export function sessionProblems({ name, config, start }: Readonly<Record<string, unknown>>): readonly string[] {
  const wrongStart = start !== undefined && start !== null && typeof start !== 'boolean'
  return [...nameProblems(name), ...webhookProblems(config), ...(wrongStart ? ['start must be a boolean value'] : [])]
}

function nameProblems(name: unknown): readonly string[] {
  if (name === undefined || name === null) return []
  const problems: string[] = []
  if (typeof name !== 'string') problems.push('name must be a string')
  if (typeof name !== 'string' || name.length > 54) problems.push('name must be shorter than or equal to 54 characters')
  if (typeof name !== 'string' || !/^[\w-]*$/.test(name)) {
    problems.push('Session name can only contain alphanumeric characters, hyphens, and underscores (a-z, A-Z, 0-9, -, _) or be empty')
  }
  return problems
}

function webhookProblems(config: unknown): readonly string[] {
  const hooks = isRecord(config) && Array.isArray(config.webhooks) ? config.webhooks : []
  return hooks.flatMap((hook, index) => {
    const { url, events } = isRecord(hook) ? hook : {}
    const at = `config.webhooks.${index}.`
    const unknown = Array.isArray(events) && events.some((event) => !EVENTS.includes(event))
    return [
      ...(typeof url === 'string' && URL.canParse(url) ? [] : [`${at}url must be a URL address`]),
      ...(unknown ? [`${at}each value in events must be one of the following values: ${EVENTS.join(', ')}`] : []),
    ]
  })
}

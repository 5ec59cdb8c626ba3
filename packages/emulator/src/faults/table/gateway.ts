import type { FaultKind, GatewayFault } from '../kinds.ts'

const NO_LIMIT_KNOWN = 'No limit of requests is known.'
const NO_QUEUE = 'It has no queue that can be steered: it sends at once.'
const NO_COOLDOWN = 'It has none.'

/** What one gateway limits or holds back. */
export const GATEWAY_FAULTS: Readonly<Record<GatewayFault, Omit<FaultKind, 'name'>>> = {
  'rate-limit': {
    area: 'gateway',
    title: 'Rate limit',
    about: 'The gateway answers only so many requests of one key in a window, and refuses the others.',
    also: ['rate-limits', '429'],
    lasts: true,
    values: [
      {
        field: 'max',
        about: 'requests of one key in a window; messages, chats and tools count twice',
        type: 'number',
        usual: 120,
        least: 1,
      },
      { field: 'windowMs', about: 'length of a window, ms', type: 'number', usual: 60_000, least: 1 },
    ],
    gateways: {
      waha: { absent: 'It has no limit of requests.' },
      wawp: { absent: 'It has rules for sends, but what it answers when they are broken is not known.' },
      warest: {
        answers:
          'Every answer has X-RateLimit-Limit, -Remaining and -Reset. Above the limit: 429 {"error":"Too many requests"} without Retry-After.',
        evidence: 'verified',
        source: 'WARest 0.3.44, recorded, and its source (ratelimit.js)',
      },
      sparkbot: { absent: NO_LIMIT_KNOWN },
    },
  },

  cooldown: {
    area: 'gateway',
    title: 'Recipient cooldown',
    about: 'The gateway refuses a second message to the same recipient within a few seconds.',
    lasts: true,
    values: [{ field: 'cooldownMs', about: 'pause between two messages to one recipient, ms', type: 'number', usual: 3_000, least: 1 }],
    gateways: {
      waha: { absent: NO_COOLDOWN },
      wawp: { absent: NO_COOLDOWN },
      warest: {
        answers:
          '429 {"error":"Recipient cooldown","retryAfter":3} with Retry-After; refused calls count, too. Further sends have X-Quota-*.',
        evidence: 'verified',
        source: 'WARest 0.3.44, recorded, and its source (antispam.js)',
      },
      sparkbot: { absent: NO_COOLDOWN },
    },
  },

  'queue-held': {
    area: 'gateway',
    title: 'Queue held',
    about: 'Somebody pauses the queue of the number, so messages are taken and wait in it.',
    also: ['queue-paused', 'paused'],
    lasts: true,
    values: [],
    fixed: { queue: 'pause' },
    gateways: {
      waha: { absent: NO_QUEUE },
      wawp: { absent: NO_QUEUE },
      warest: { absent: NO_QUEUE },
      sparkbot: {
        answers: 'Sends are answered 201 with status "queued" and go out when the queue runs again; the queue has status "pause".',
        evidence: 'inferred',
        source: 'the word "pause" is verified (options of the n8n node); what happens then is inferred from the documentation of the queue',
      },
    },
  },

  'queue-rejecting': {
    area: 'gateway',
    title: 'Queue refuses messages',
    about: 'Somebody sets the queue of the number to take no further messages.',
    also: ['queue-refusing', 'queue-reject'],
    lasts: true,
    values: [],
    fixed: { queue: 'reject' },
    gateways: {
      waha: { absent: NO_QUEUE },
      wawp: { absent: NO_QUEUE },
      warest: { absent: NO_QUEUE },
      sparkbot: {
        answers: 'Sends are answered 409; what waits already goes out. The queue has status "reject".',
        evidence: 'inferred',
        source: 'the word "reject" is verified (options of the n8n node: rejects adding more messages); the status 409 is not',
      },
    },
  },
}

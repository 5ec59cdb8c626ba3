import type { AccountFault, FaultKind } from '../kinds.ts'

const NO_PLAN = 'It is your own server: there is no subscription.'
const ENGINE_BEHIND = 'Wawp runs the same engines as WAHA, and passes their answers on'
const STANDING = "Wassenger's Swagger, Device.status"
const NO_PASSKEY = 'Its API has no state and no call for it.'

const MINUTES = {
  field: 'minutes',
  about: 'how long it lasts, minutes',
  type: 'number',
  usual: 60,
  least: 1,
  most: 525_600,
} as const

/** What happens to an account or its session. */
export const ACCOUNT_FAULTS: Readonly<Record<AccountFault, Omit<FaultKind, 'name'>>> = {
  banned: {
    area: 'account',
    title: 'Banned',
    about: 'WhatsApp bans the phone number, so every session of that phone is cut off and none can be paired with it.',
    also: ['ban'],
    lasts: true,
    values: [],
    gateways: {
      waha: {
        answers: 'The session is FAILED, also after a restart; sends are answered 422. It does not say that it is a ban.',
        evidence: 'inferred',
        source: 'from a recorded unlinking (WAHA 2026.2.1), where a restart did not help either',
      },
      wawp: {
        answers: 'The session is FAILED; sends are answered 404 invalid_session. It does not say that it is a ban.',
        evidence: 'inferred',
        source: ENGINE_BEHIND,
      },
      warest: {
        answers: 'The session is "reconnecting" for as long as the ban lasts, and reports each try; sends are answered 404, code 1101.',
        evidence: 'inferred',
        source: 'WARest 0.3.44 tries again after every end of the connection but 401 and 440; a ban ends it with 403',
      },
      sparkbot: {
        answers: 'The number has status "banned" and its session "blocked"; the queue keeps its messages, live sends are answered 503.',
        evidence: 'inferred',
        source: `the word "banned" is verified (${STANDING}); what goes with it is not`,
      },
    },
  },

  timelock: {
    area: 'account',
    title: 'Timelock: no new chats (463)',
    about: 'WhatsApp forbids the account to write to people it has no chat with, for some time; chats that exist go on.',
    also: ['reachout-timelock', '463'],
    lasts: true,
    values: [MINUTES],
    gateways: {
      waha: {
        answers:
          'Sends to new people are answered 500 with "server returned error 463". The session stays WORKING, reports the change in a session.status event, and shows it in me.reachoutTimelock and at /api/sessions/{session}/timelock.',
        evidence: 'verified',
        source:
          'WAHA documentation (Sessions: Reachout Timelock; blog 2026.8); the HTTP status 500 is inferred from its other engine errors',
      },
      wawp: {
        answers: 'Sends to new people are answered 500, code wawp_upstream_error, with "server returned error 463". No limit is shown.',
        evidence: 'inferred',
        source: ENGINE_BEHIND,
      },
      warest: {
        answers: 'Sends to new people are answered 200 as always, and the message never arrives; no event reports it.',
        evidence: 'inferred',
        source: 'its engine (Baileys) learns of the refusal only after the send has returned, and WARest has no event for acks',
      },
      sparkbot: {
        answers: 'The queue takes the message; then its status is "failed", and a message:out:failed webhook says so. No limit is shown.',
        evidence: 'inferred',
        source: "the status and the webhook are verified (Wassenger's Swagger); that this refusal leads there is not",
      },
    },
  },

  capping: {
    area: 'account',
    title: 'Capping: quota of new chats (475)',
    about: 'WhatsApp allows the account only so many new chats in a cycle and refuses further ones; chats that exist go on.',
    also: ['capped', 'message-capping', '475'],
    lasts: true,
    values: [
      { field: 'used', about: 'new chats of this cycle that are used up', type: 'number', usual: 500, least: 0, most: 1_000_000 },
      { field: 'quota', about: 'new chats that a cycle allows', type: 'number', usual: 500, least: 1, most: 1_000_000 },
      { ...MINUTES, about: 'until the cycle ends, minutes', usual: 43_200 },
    ],
    gateways: {
      waha: {
        answers:
          'Sends to new people are answered 500 with "server returned error 475" once the quota is used up. The session stays WORKING, and shows NONE, FIRST_WARNING, SECOND_WARNING or CAPPED in me.messageCapping and at /api/sessions/{session}/capping.',
        evidence: 'verified',
        source: 'WAHA documentation (Sessions: Message Capping; blog 2026.8); from which share on it warns (80 and 90 %) is inferred',
      },
      wawp: {
        answers: 'Sends to new people are answered 500, code wawp_upstream_error, with "server returned error 475". No limit is shown.',
        evidence: 'inferred',
        source: ENGINE_BEHIND,
      },
      warest: {
        answers: 'Sends to new people are answered 200 as always, and the message never arrives; no event reports it.',
        evidence: 'inferred',
        source: 'its engine (Baileys) learns of the refusal only after the send has returned, and WARest has no event for acks',
      },
      sparkbot: {
        answers: 'The queue takes the message; then its status is "failed", and a message:out:failed webhook says so. No limit is shown.',
        evidence: 'inferred',
        source: "the status and the webhook are verified (Wassenger's Swagger); that this refusal leads there is not",
      },
    },
  },

  unpaid: {
    area: 'account',
    title: 'Subscription not paid',
    about: 'The owner of the account has not paid for the gateway, so the gateway refuses some calls.',
    also: ['subscription'],
    lasts: true,
    values: [],
    gateways: {
      waha: { absent: NO_PLAN },
      wawp: {
        answers: 'Calls about webhooks are answered 403 subscription_required, making an instance 403 quota_reached. Sends go on.',
        evidence: 'verified',
        source: 'Wawp documentation of these calls; that a connected instance goes on sending is inferred',
      },
      warest: { absent: NO_PLAN },
      sparkbot: {
        answers: 'The number has status "unpaid"; sends are answered 402.',
        evidence: 'inferred',
        source: `the word "unpaid" (${STANDING}) and the status 402 of its errors are verified; that they belong together is not`,
      },
    },
  },

  disabled: {
    area: 'account',
    title: 'Number disabled',
    about: 'Somebody switches the number off in the panel of the gateway.',
    lasts: true,
    values: [],
    gateways: {
      waha: { absent: 'Its panel stops a session, which is the state STOPPED.' },
      wawp: { absent: 'No such state is known.' },
      warest: { absent: 'No such state is known.' },
      sparkbot: {
        answers: 'The number has status "disabled"; sends are answered 403.',
        evidence: 'inferred',
        source: `the word "disabled" is verified (${STANDING}); the answer to sends is not`,
      },
    },
  },

  replaced: {
    area: 'account',
    title: 'Replaced by another client',
    about: 'Another program connects with the same credentials, and WhatsApp cuts this session off.',
    also: ['conflict', 'taken-over'],
    lasts: false,
    values: [],
    gateways: {
      waha: {
        answers: 'The session is FAILED; sends are answered 422. A restart connects it again.',
        evidence: 'inferred',
        source: 'WAHA has no word of its own for it; FAILED is its state for sessions that ended by themselves',
      },
      wawp: {
        answers: 'The session is FAILED; sends are answered 404 invalid_session. A restart connects it again.',
        evidence: 'inferred',
        source: ENGINE_BEHIND,
      },
      warest: {
        answers:
          'The session is "replaced" until somebody reconnects it; the webhook session_status has status "replaced", reason 440 and the tag conflict_replaced.',
        evidence: 'verified',
        source: 'WARest 0.3.44, recorded, and its source (baileysClient.js)',
      },
      sparkbot: {
        answers: 'The session is "conflict"; a number:session webhook says so. The queue keeps its messages, live sends are answered 503.',
        evidence: 'inferred',
        source: 'the word "conflict" is verified (Wassenger\'s Swagger, Device.session.status); what leads there is not',
      },
    },
  },

  'logged-out': {
    area: 'account',
    title: 'Logged out from the phone',
    about: 'The owner of the phone removes the session from its linked devices.',
    also: ['unlinked', 'logout', 'logged_out'],
    lasts: false,
    values: [],
    gateways: {
      waha: {
        answers: 'The session is FAILED, and a restart does not help: it has to be logged out and paired again.',
        evidence: 'verified',
        source: 'WAHA 2026.2.1, recorded',
      },
      wawp: {
        answers: 'Sends are answered 404 invalid_session; the session is FAILED.',
        evidence: 'verified',
        source: 'code of a public client for the answer; the state is inferred from WAHA',
      },
      warest: {
        answers:
          'The webhook session_status has status "logged_out" and reason 401; then the session starts by itself and shows a QR code.',
        evidence: 'verified',
        source: 'WARest 0.3.44, recorded',
      },
      sparkbot: {
        answers: 'The session goes back to "authorize" and shows a QR code; a number:session webhook says so.',
        evidence: 'inferred',
        source: "the word is verified (Wassenger's Swagger); the way there is not",
      },
    },
  },

  stuck: {
    area: 'account',
    title: 'Stuck: WhatsApp out of reach',
    about: 'The gateway cannot reach WhatsApp, so the session never gets beyond its start, or loses its connection.',
    also: ['starting', 'offline', 'disconnected'],
    lasts: true,
    values: [],
    gateways: {
      waha: {
        answers: 'The session is STARTING, with a session.status event every 2 s, and FAILED after 118 s. Sends wait 10 s, then 422.',
        evidence: 'verified',
        source: 'WAHA 2026.2.1, recorded without a network',
      },
      wawp: {
        answers: 'The session is STARTING, with an event every 2 s, and FAILED after 118 s. Sends wait, then 400.',
        evidence: 'inferred',
        source: ENGINE_BEHIND,
      },
      warest: {
        answers:
          'A session that was open is "reconnecting", a new one "starting"; creating it answers 200 without a QR code. Sends are answered 404, code 1101.',
        evidence: 'verified',
        source: 'WARest 0.3.44, recorded without a network',
      },
      sparkbot: {
        answers: 'A session that was online is "timeout", a new one "loading". The queue keeps its messages, live sends are answered 503.',
        evidence: 'inferred',
        source: "the words are verified (Wassenger's Swagger); what leads to which is not",
      },
    },
  },

  crashed: {
    area: 'account',
    title: 'Engine crashed',
    about: 'The engine of the session breaks down; the phone stays paired, and a restart helps.',
    also: ['crash', 'failed'],
    lasts: false,
    values: [],
    gateways: {
      waha: { answers: 'The session is FAILED; sends are answered 422.', evidence: 'verified', source: 'WAHA documentation, Sessions' },
      wawp: {
        answers: 'The session is FAILED; sends are answered 404 invalid_session.',
        evidence: 'inferred',
        source: ENGINE_BEHIND,
      },
      warest: { absent: 'It has no state for it: it connects again by itself. See stuck.' },
      sparkbot: {
        answers: 'The session is "error"; the queue keeps its messages, live sends are answered 503.',
        evidence: 'inferred',
        source: "the word is verified (Wassenger's Swagger); what leads there is not",
      },
    },
  },

  'qr-expired': {
    area: 'account',
    title: 'QR code expired',
    about: 'Nobody scans the QR code, until the gateway has shown all the codes that WhatsApp gave it.',
    also: ['expired', 'qr-timeout'],
    lasts: false,
    values: [
      {
        field: 'codes',
        about: 'how many codes it still shows before it gives up; 0 gives up at once, real servers show 6',
        type: 'number',
        usual: 0,
        least: 0,
        most: 100,
      },
    ],
    gateways: {
      waha: {
        answers: 'The session is FAILED, and has to be restarted.',
        evidence: 'verified',
        source: 'WAHA documentation, QR code: the first 60 s, then 20 s each, 6 in all',
      },
      wawp: { answers: 'The session is FAILED, and has to be restarted.', evidence: 'inferred', source: ENGINE_BEHIND },
      warest: {
        answers: 'The session is "reconnecting" for a second, and then shows new codes by itself.',
        evidence: 'inferred',
        source: 'WARest 0.3.44 tries again after every end of the connection but 401 and 440; its engine ends it with 408 here',
      },
      sparkbot: { absent: 'What happens after the last code is not known: the emulator shows new codes without end.' },
    },
  },

  passkey: {
    area: 'account',
    title: 'Pairing asks for a passkey',
    about: 'A phone with a passkey scans the QR code, and WhatsApp asks for that passkey before it links the session.',
    also: ['passkey-required'],
    lasts: false,
    values: [{ field: 'phone', about: 'number of the phone that scans; default a new one', type: 'text' }],
    gateways: {
      waha: {
        answers: 'The session is PASSKEY_REQUIRED; its passkey calls give the challenge, take the answer and then ask for a confirmation.',
        evidence: 'verified',
        source: 'WAHA documentation, Sessions, since 2026.7 and on the engine GOWS only',
      },
      wawp: { absent: NO_PASSKEY },
      warest: { absent: NO_PASSKEY },
      sparkbot: { absent: NO_PASSKEY },
    },
  },

  'passkey-confirmation': {
    area: 'account',
    title: 'Passkey waits to be confirmed',
    about: 'The passkey was accepted, and WhatsApp shows a code on the phone that somebody has to compare.',
    lasts: false,
    values: [{ field: 'phone', about: 'number of the phone that scans; default a new one', type: 'text' }],
    gateways: {
      waha: {
        answers:
          'The session is PASSKEY_CONFIRMATION_REQUIRED; its passkey calls give the code and take the confirmation, then it is WORKING.',
        evidence: 'verified',
        source: 'WAHA documentation, Sessions, since 2026.7 and on the engine GOWS only',
      },
      wawp: { absent: NO_PASSKEY },
      warest: { absent: NO_PASSKEY },
      sparkbot: { absent: NO_PASSKEY },
    },
  },
}

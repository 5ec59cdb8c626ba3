import type { FaultKind, WebhookFault } from '../kinds.ts'

function retried(answers: string): FaultKind['gateways'] {
  return {
    waha: { answers, evidence: 'verified', source: 'WAHA: retries may repeat an event, and the order is not kept (source)' },
    wawp: { answers, evidence: 'inferred', source: 'its events are those of WAHA engines, with retries; the order is not documented' },
    warest: { answers, evidence: 'verified', source: 'WARest 0.3.44: three retries for no answer, 429 and 5xx (source)' },
    sparkbot: { answers, evidence: 'inferred', source: "Wassenger's Swagger: what is not answered 200 to 209 is sent again" },
  }
}

/** What goes wrong with webhooks. */
export const WEBHOOK_FAULTS: Readonly<Record<WebhookFault, Omit<FaultKind, 'name'>>> = {
  'webhooks-twice': {
    area: 'webhook',
    title: 'Webhooks come more than once',
    about: 'The gateway delivers each webhook several times, as it does after an answer that it did not get.',
    also: ['duplicated-webhooks', 'duplicate-webhooks', 'webhooks-duplicated'],
    lasts: true,
    values: [{ field: 'copies', about: 'how often each is delivered', type: 'number', usual: 2, least: 2, most: 10 }],
    gateways: retried('The same body with the same signature again.'),
  },
  'webhooks-late': {
    area: 'webhook',
    title: 'Webhooks come late',
    about: 'The gateway delivers its webhooks some time after their events.',
    also: ['late-webhooks', 'webhooks-slow', 'webhooks-delayed'],
    lasts: true,
    values: [{ field: 'delayMs', about: 'how late, ms', type: 'number', usual: 30_000, least: 1, most: 86_400_000 }],
    gateways: retried('The usual webhook, later; the times in it are those of the event.'),
  },
  'webhooks-reordered': {
    area: 'webhook',
    title: 'Webhooks come in the wrong order',
    about: 'The gateway delivers a later webhook before an earlier one.',
    also: ['reordered-webhooks', 'shuffled-webhooks'],
    lasts: true,
    values: [{ field: 'reorder', about: 'how many are turned round at a time', type: 'number', usual: 2, least: 2, most: 100 }],
    gateways: retried('Each group of so many webhooks comes last to first; a group that stays incomplete for a second comes as it is.'),
  },
  'webhooks-held': {
    area: 'webhook',
    title: 'Webhooks held back',
    about: 'The gateway delivers no webhook until somebody releases them, under Webhooks or with control.release.',
    also: ['held-webhooks'],
    lasts: true,
    values: [],
    fixed: { hold: true },
    gateways: retried('Nothing, and then all of them.'),
  },
}

import type { FaultArea } from '../faults/kinds.ts'
import { FAULT_KINDS } from '../faults/table/fault-kinds.ts'

/** The JSON Schema of scenario files, as `scenario.schema.json` in the package for editors. */
type Schema = Readonly<Record<string, unknown>>

const GATEWAYS = ['waha', 'wawp', 'warest', 'sparkbot']
const names = (fits: (area: FaultArea) => boolean) => FAULT_KINDS.filter(({ area }) => fits(area)).map(({ name }) => name)

const object = (description: string, properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  description,
  properties,
  ...(required.length > 0 ? { required } : {}),
  additionalProperties: false,
})
const text = (description: string): Schema => ({ type: 'string', description })
const flag = (description: string): Schema => ({ type: 'boolean', description })
const list = (items: Schema, description: string): Schema => ({ type: 'array', items, description })
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` })
const byName = (values: Schema, description: string): Schema => ({
  type: 'object',
  description,
  additionalProperties: values,
  propertyNames: { pattern: '^[A-Za-z][\\w-]{0,63}$' },
})

const number: Schema = {
  type: ['string', 'integer'],
  description: 'Number with country code: "+1 202 555 0101".',
  examples: ['+1 202 555 0101'],
}
const duration: Schema = {
  type: 'string',
  pattern: '^\\d{1,9}(\\.\\d{1,3})? ?(ms|s|min|m|h|d)$',
  examples: ['500 ms', '3 s', '2 min', '1 h', '2 d'],
}
const messageType: Schema = { enum: ['text', 'image', 'video', 'audio', 'voice', 'document', 'sticker', 'location', 'contact', 'poll'] }

const content: Readonly<Record<string, Schema>> = {
  text: text('Text, or the caption of a file. In a reply {text} stands for the text that arrived and {name} for who wrote it.'),
  poll: object(
    'A poll.',
    {
      question: text('The question.'),
      options: { ...list(text('An option.'), 'What can be chosen.'), minItems: 2, maxItems: 12 },
      multiple: flag('Whether several options may be chosen.'),
    },
    ['question', 'options'],
  ),
  place: object(
    'A place.',
    {
      latitude: { type: 'number', minimum: -90, maximum: 90 },
      longitude: { type: 'number', minimum: -180, maximum: 180 },
      name: text('Its name.'),
      address: text('Its address.'),
    },
    ['latitude', 'longitude'],
  ),
  file: object(
    'A file.',
    {
      base64: text('Its bytes as base64 text, or a data: URL.'),
      mimetype: text('Media type: image/png.'),
      filename: text('File name.'),
      type: { ...messageType, description: 'How it shows. Default: what its media type says.' },
    },
    ['base64'],
  ),
}

export const SCENARIO_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Scenario of the wamux emulator',
  ...object('A world to begin with, and what its people do by themselves.', {
    seed: { type: 'integer', description: 'Where ids come from. Default 1.' },
    time: { type: 'string', description: 'What time it is when it begins, ISO 8601.', examples: ['2026-03-01T09:00:00Z'] },
    paused: flag('Stops time once everything is there, so that each run goes on alike.'),
    phones: byName(ref('phone'), 'Phones, by a name that the rest of the scenario uses. A number alone is enough.'),
    groups: byName(ref('group'), 'Groups, by a name that the rest of the scenario uses.'),
    history: list(ref('message'), 'What was written before.'),
    sessions: list(ref('session'), 'Connected sessions of the gateways.'),
    replies: list(ref('reply'), 'What people answer by themselves. For each message, the first reply of a phone that fits is given.'),
    faults: list(ref('fault'), 'What goes wrong on the wire, with webhooks, and by limits of gateways.'),
    accounts: list(ref('account'), 'States that accounts and their sessions are in.'),
  }),
  definitions: {
    phone: {
      ...object(
        'A phone: its number, or more about it.',
        {
          number,
          name: text('The name that it gave itself.'),
          about: text('The text that it shows about itself.'),
          business: object('Makes it the phone of a business.', {
            email: text('E-mail address.'),
            address: text('Address.'),
            description: text('Description.'),
            categories: list(text('A category.'), 'Categories.'),
            websites: list(text('An address.'), 'Websites.'),
          }),
          on: flag('One that is off gets nothing until it is on again. Default true.'),
          reads: flag('Whether it reads by itself what it gets. Default true.'),
          registered: flag('Whether its number is on WhatsApp.'),
          contacts: {
            type: 'object',
            additionalProperties: { type: 'string' },
            description: 'What it calls other phones, by their names here.',
          },
        },
        ['number'],
      ),
      // the words for objects do not matter to the others
      type: ['string', 'integer', 'object'],
      examples: number.examples,
    },
    group: object(
      'A group.',
      {
        subject: text('Its name.'),
        owner: text('The phone that made it.'),
        members: list(text('A phone.'), 'The other phones in it.'),
        admins: list(text('A phone.'), 'Those of the members who are admins.'),
        description: text('Its description.'),
        announcement: flag('Only admins may write.'),
        approval: flag('Admins let in who joins by the link.'),
      },
      ['subject', 'owner', 'members'],
    ),
    message: object(
      'A message of before.',
      {
        from: text('The phone that wrote it.'),
        to: text('A phone or group.'),
        ...content,
        ago: { ...duration, description: 'How long ago: 2 d. Default: now.' },
        unread: flag('Whether nobody has read it yet.'),
      },
      ['from', 'to'],
    ),
    session: object(
      'A connected session.',
      {
        gateway: { enum: GATEWAYS, description: 'Which gateway.' },
        name: text('Its name, at WAHA and WARest. Default: default.'),
        phone: text('The phone that it is paired with.'),
        webhook: object(
          'Where its events go.',
          {
            url: text('Address.'),
            events: list(text("The gateway's name of an event."), 'Which events. Default: all.'),
            secret: text('What the deliveries are signed with, where the gateway signs.'),
          },
          ['url'],
        ),
      },
      ['gateway', 'phone'],
    ),
    fault: {
      type: 'object',
      description: 'A kind by its name and values, or the single fields of a fault.',
      properties: {
        fault: { enum: names((area) => area !== 'account'), description: 'Which kind; wamux emulate fault lists them.' },
        gateway: { enum: GATEWAYS, description: 'Default: all.' },
        operation: text("Id of one of the gateway's operations. Default: all."),
        times: { type: 'integer', minimum: 1, description: 'How many calls it hits. Default 1.' },
        status: { type: 'integer', description: 'Answers with this status.' },
        delayMs: { type: 'number', description: 'Waits so long first, ms.' },
      },
    },
    account: {
      type: 'object',
      description: 'The state of an account.',
      properties: {
        state: { enum: names((area) => area === 'account'), description: 'Which state.' },
        gateway: { enum: GATEWAYS, description: 'The gateway of the session that is meant.' },
        session: text('The session that is meant. Default: the first of the gateway in this scenario.'),
        phone: text('The phone that is meant, for what concerns a phone.'),
        minutes: { type: 'number', description: 'timelock, capping: until it ends.' },
      },
      required: ['state'],
    },
    reply: object(
      'What a person answers by itself.',
      {
        phone: text('Who replies.'),
        when: object('Which messages it is for: those that everything given fits. Default: all that arrive.', {
          from: text('Who wrote it.'),
          in: text('A group; private for messages of one person to another.'),
          text: text('The whole text, whatever its case.'),
          contains: text('A part of the text, whatever its case.'),
          matches: { type: 'string', format: 'regex', description: 'A regular expression, whatever the case.' },
          type: { ...messageType, description: 'What kind of message it is.' },
        }),
        after: { ...duration, description: 'How long after the message arrived: 3 s. Default: 1 s.' },
        typing: flag('Shows as typing until then.'),
        ...content,
        quote: flag('Quotes the message.'),
        react: text('Reacts with an emoji.'),
        vote: list(text('An option.'), 'Votes in the poll that arrived.'),
        times: { type: 'integer', minimum: 1, description: 'How often it is given at most.' },
      },
      ['phone'],
    ),
  },
}

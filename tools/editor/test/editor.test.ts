import { describe, expect, it } from 'vitest'
import { openProgram } from '../src/language-service.ts'

interface Gateway {
  readonly id: string
  readonly name: string
  /** The vendor's types of three answers, by the names that the generated schemas give them. */
  readonly session: string
  readonly sent: string
  readonly created: string
  /** A verb that the gateway lacks, and the type that says so. */
  readonly absent: readonly [verb: string, type: string]
}

const GATEWAYS: readonly Gateway[] = [
  {
    id: 'waha',
    name: 'Waha',
    session: 'SchemaSession',
    sent: 'SchemaSentMessage',
    // each engine answers with another type
    created: 'unknown',
    absent: ['chat.pin', 'WahaChat'],
  },
  {
    id: 'wawp',
    name: 'Wawp',
    session: 'SchemaSession',
    sent: 'SchemaSentMessage',
    created: 'SchemaGroup',
    absent: ['session.list', 'WawpSession'],
  },
  {
    id: 'warest',
    name: 'Warest',
    session: 'SchemaSession',
    sent: 'SchemaSentTextAnswer',
    created: 'SchemaGroupCreatedAnswer',
    absent: ['session.stop', 'WarestSession'],
  },
  {
    id: 'sparkbot',
    name: 'Sparkbot',
    session: 'SchemaDevice',
    sent: 'SchemaMessage',
    created: 'SchemaChatGroup',
    absent: ['session.logout', 'SparkbotSession'],
  },
]

const OPTIONS = 'options?: CallOptions | undefined'

describe.each(GATEWAYS)('$name in an editor', ({ id, name, session, sent, created, absent: [verb, type] }) => {
  const program = openProgram(`import { create${name} } from '@wamux/${id}'
declare const config: Parameters<typeof create${name}>[0]
const gateway = create${name}(config)
const sentText = await gateway.message.sendText({ session: 'main', to: '+12025550143', text: 'Hello' })
const info = await gateway.session.get({ session: 'main' })
const group = await gateway.group.create({ session: 'main', subject: 'Us', participants: [] })
const chats = gateway.chat.list({ session: 'main' })
gateway.${verb}({ session: 'main' })
export const all = [sentText, info, group, chats]
`)

  it('shows the documentation of a verb, and its result by name', () => {
    expect(program.hover('gateway.message.sendText')).toMatchObject({
      text: `(method) sendText(input: SendTextInput, ${OPTIONS}): Promise<SentMessage<${sent}>>`,
      documentation: expect.stringMatching(/\w{3}/),
    })
    expect(program.hover('gateway.session.get')).toMatchObject({
      text: `(method) get(input: SessionRef, ${OPTIONS}): Promise<SessionInfo<${session}>>`,
      documentation: expect.stringMatching(/\w{3}/),
    })
    expect(program.hover('gateway.group.create')).toMatchObject({
      text: `(method) create(input: GroupCreateInput, ${OPTIONS}): Promise<Group<${created}>>`,
      documentation: expect.stringMatching(/\w{3}/),
    })
  })

  it('shows what a verb takes, gives and throws, as tags', () => {
    expect(program.hover('gateway.message.sendText').tags).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^@param input \w/),
        expect.stringMatching(/^@returns \w/),
        expect.stringMatching(/^@throws \{GatewayError\} `invalid_request`: \w/),
        expect.stringMatching(/^@throws \{GatewayError\} `unknown_outcome`: \w/),
      ]),
    )
    // a verb that only reads cannot have sent anything
    const { tags } = program.hover('gateway.session.get')
    expect(tags).toContainEqual(expect.stringMatching(/^@throws \{GatewayError\} `not_found`: \w/))
    expect(tags.join()).not.toContain('unknown_outcome')
  })

  it('shows what creating a gateway throws', () => {
    const { tags } = program.hover(`const gateway = create${name}`)
    expect(tags).toContainEqual(expect.stringMatching(/^@throws \{GatewayError\} `config`: \w/))
  })

  it('shows a result by name', () => {
    expect(program.hover('const sentText').text).toBe(`const sentText: SentMessage<${sent}>`)
    expect(program.hover('const chats').text).toMatch(/^const chats: Paged<Chat<unknown>, [\w |[\]]+>$/)
  })

  it('says in a few words that a verb is absent, and knows no other error', () => {
    const [namespace, absent = ''] = verb.split('.')
    expect(program.errors()).toEqual([expect.stringContaining(`Property '${absent}' does not exist on type '${type}'.`)])
    expect(namespace).toBeDefined()
    expect(program.hover(`gateway.${verb}`).text).toBe('any')
  })
})

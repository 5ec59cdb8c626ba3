import { describe, expect, it } from 'vitest'
import { files, type Package, packages, plugins, read } from './workspace.ts'

/** What each plugin must hold; nothing else may stand beside it. */
const ROOMS = [
  'README.md',
  'package.json',
  'tsconfig.json',
  'tsdown.config.ts',
  'vitest.config.ts',
  'openapi/ID.openapi.yaml',
  'src/auth.ts',
  'src/client.ts',
  'src/errors.ts',
  'src/event-types.ts',
  'src/index.ts',
  'src/manifest.ts',
  'src/plugin.ts',
  'src/session-of.ts',
  'src/webhooks.ts',
  'src/capabilities/chat.ts',
  'src/capabilities/contact.ts',
  'src/capabilities/group.ts',
  'src/capabilities/message.ts',
  'src/capabilities/profile.ts',
  'src/capabilities/session.ts',
  'src/capabilities/webhook.ts',
  // an answer of the vendor in the words of wamux, and an input of wamux in the words of the vendor
  'src/capabilities/from-vendor.ts',
  'src/capabilities/to-vendor.ts',
  'src/generated/answering-verbs.ts',
  'src/generated/native-verbs.ts',
  'src/generated/operations.ts',
  'src/generated/routes.ts',
  'src/generated/schema.ts',
  // a few of each list in npm test, all of them in npm run test:long, of the same subject
  'test/conformance.test.ts',
  'test/conformance.long.test.ts',
  'test/subject.ts',
]

/** What may stand there as well: namespaces, tests and fixtures as many as needed, and what the first release writes. */
const NAMESPACES = 'presence|status|label|channel'
const FREE = [
  /^CHANGELOG\.md$/,
  new RegExp(`^src/capabilities/(${NAMESPACES})\\.ts$`),
  // what one gateway does and the others do not: WAHA looks a message up by its id, replaces a whole config and has an event socket, Wawp says no with a 2xx, SparkBot has a model of messages that no engine has
  /^src\/(capabilities\/(reconcile|update-config|message-content)|is-error-response|read-events|socket)\.ts$/,
  /^openapi\/differences\.yaml$/,
  /^test\/[a-z0-9-]+(\.long)?\.test(-d)?\.ts$/,
  /^test\/fixtures\/[a-z0-9-]+(\/[a-z0-9-]+)*\.[a-z]+$/,
]

/** What is wrong with the rooms of a plugin. */
function roomProblems(id: string, found: readonly string[]): string[] {
  const wanted = ROOMS.map((room) => room.replace('ID', id))
  return [
    ...wanted.filter((room) => !found.includes(room)).map((room) => `${room} is missing`),
    ...found.filter((file) => !wanted.includes(file) && !FREE.some((free) => free.test(file))).map((file) => `${file} has no room`),
  ]
}

/** A manifest as text, without what may differ between plugins. */
function comparable({ manifest }: Package, id: string): string {
  const { description, keywords, version, ...rest } = manifest
  return JSON.stringify({ ...rest, hasDescription: Boolean(description), hasKeywords: Boolean(keywords) }, undefined, 2).replaceAll(
    id,
    'ID',
  )
}

/** The text of a configuration file, without the plugin's own name. */
const template = (id: string, file: string) => read(`packages/${id}/${file}`).replaceAll(id, 'ID')

const pluginOf = (id: string) => packages.find(({ folder }) => folder === `packages/${id}`)

describe.each(plugins)('%s', (id) => {
  it('has the rooms every plugin has, and no other', () => {
    expect(roomProblems(id, pluginOf(id)?.files ?? [])).toEqual([])
  })

  it('has the same scripts, exports and dependencies as the others, in the same order', () => {
    const [first = 'waha'] = plugins
    const model = pluginOf(first)
    const own = pluginOf(id)
    expect(own && comparable(own, id)).toBe(model && comparable(model, first))
  })

  it.each(['tsconfig.json', 'tsdown.config.ts', 'vitest.config.ts'])('has the same %s as the others', (file) => {
    expect(files).toContain(`packages/${id}/${file}`)
    expect(template(id, file)).toBe(template(plugins[0], file))
  })

  it('exports its factory, its types and its manifest', () => {
    const index = read(`packages/${id}/src/index.ts`)
    const name = id.charAt(0).toUpperCase() + id.slice(1)
    for (const wanted of [`create${name}`, `${name}Config`, `${name}Gateway`, `create${name}Client`, 'manifest', 'parseWebhook', 'paths']) {
      expect(index).toMatch(new RegExp(`\\b${wanted}\\b`))
    }
  })

  it('runs the conformance suite in a short file', () => {
    const test = read(`packages/${id}/test/conformance.test.ts`)
    expect(test).toContain('@wamux/testkit')
    expect(test.split('\n').length).toBeLessThanOrEqual(40)
  })
})

it('sees a missing room and a stray file', () => {
  const found = ROOMS.map((room) => room.replace('ID', 'waha')).filter((room) => room !== 'src/errors.ts')
  expect(roomProblems('waha', [...found, 'src/helpers.ts', 'src/capabilities/things.ts'])).toEqual([
    'src/errors.ts is missing',
    'src/helpers.ts has no room',
    'src/capabilities/things.ts has no room',
  ])
  expect(roomProblems('waha', [...found, 'src/errors.ts', 'test/fixtures/session.json', 'test/errors.test.ts'])).toEqual([])
})

import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow'
import { describe, expect, it } from 'vitest'
import { generatedNodes } from '../generator/gateways.ts'
import { Sparkbot } from '../nodes/Sparkbot/Sparkbot.node.ts'
import { SparkbotTrigger } from '../nodes/Sparkbot/SparkbotTrigger.node.ts'
import { Waha } from '../nodes/Waha/Waha.node.ts'
import { WahaTrigger } from '../nodes/Waha/WahaTrigger.node.ts'
import { Warest } from '../nodes/Warest/Warest.node.ts'
import { WarestTrigger } from '../nodes/Warest/WarestTrigger.node.ts'
import { Wawp } from '../nodes/Wawp/Wawp.node.ts'
import { WawpTrigger } from '../nodes/Wawp/WawpTrigger.node.ts'
import { isComposed, messageOperationNames } from '../src/composed/operation-names.ts'
import { formFor } from '../src/controls/control.ts'
import { operationOf } from '../src/controls/operation-value.ts'

const MOST_BYTES = 250_000
const NODES: Readonly<Record<string, INodeType>> = { Sparkbot: new Sparkbot(), Waha: new Waha(), Warest: new Warest(), Wawp: new Wawp() }
const TRIGGERS: readonly INodeType[] = [new SparkbotTrigger(), new WahaTrigger(), new WarestTrigger(), new WawpTrigger()]

/** Said by hand: a table that shrinks has to be noticed. */
const OPERATIONS: Readonly<Record<string, number>> = { Sparkbot: 153, Waha: 192, Warest: 90, Wawp: 124 }

const operationProperties = ({ properties }: { properties: readonly INodeProperties[] }) =>
  properties.filter((one) => one.name === 'operation')

const optionsOf = (property: INodeProperties) => (property.options ?? []) as { name: string; value: string; action?: string }[]

/** Properties at every depth. */
function all(properties: readonly INodeProperties[]): INodeProperties[] {
  return properties.flatMap((one) => {
    const nested = (one.options ?? []).flatMap((option) => ('values' in option ? option.values : 'type' in option ? [option] : []))
    return [one, ...all(nested)]
  })
}

describe.each(generatedNodes)('$folder', ({ folder, table, overlay }) => {
  const { description, methods } = NODES[folder] as INodeType
  const operations = operationProperties(description)

  it('has every operation of the table exactly once', () => {
    const found = operations.flatMap((property) => {
      const [resource] = property.displayOptions?.show?.resource ?? []
      return optionsOf(property)
        .filter(({ value }) => !isComposed(overlay, String(resource), value))
        .map(({ value }) => operationOf(table, overlay, String(resource), value)?.id)
    })
    expect(found.toSorted()).toEqual(Object.keys(table.operations).toSorted())
    expect(found.length).toBe(OPERATIONS[folder])
  })

  it('has the operations that all action nodes have, and none of them twice', () => {
    const values = operations.filter((one) => one.displayOptions?.show?.resource?.[0] === 'message').flatMap(optionsOf)
    for (const name of messageOperationNames) expect(values.filter(({ value }) => value === name)).toHaveLength(1)
  })

  it('has every resource once, with operations', () => {
    const resources = optionsOf(description.properties[0] as INodeProperties).map(({ value }) => value)
    expect(new Set(resources).size).toBe(resources.length)
    expect(operations.map((one) => one.displayOptions?.show?.resource?.[0]).toSorted()).toEqual(resources.toSorted())
  })

  it('names each operation and action of a resource once', () => {
    for (const property of operations) {
      const names = optionsOf(property).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      expect(optionsOf(property).every(({ action }) => action)).toBe(true)
    }
  })

  it('begins with nothing that cannot be undone', () => {
    for (const property of operations) {
      const [resource] = property.displayOptions?.show?.resource ?? []
      // the first of the webhooks' operations lists
      if (isComposed(overlay, String(resource), String(property.default))) {
        expect(property.default).toBe('list')
        continue
      }
      const first = operationOf(table, overlay, String(resource), String(property.default))
      expect(first, String(resource)).toBeDefined()
      const safest = Object.values(table.operations).some((one) => one.resource === first?.resource && one.safety !== 'danger')
      if (safest) expect(first?.safety, String(resource)).not.toBe('danger')
    }
  })

  it('stays below 250 kB', () => {
    expect(Buffer.byteLength(JSON.stringify(description))).toBeLessThan(MOST_BYTES)
  })

  it('has no expression as a default, and optional fields only where they are added', () => {
    for (const one of all(description.properties)) expect(String(JSON.stringify(one.default)), one.name).not.toContain('={{')
  })

  it('shows the fields of one operation only once', () => {
    for (const property of operations) {
      const resource = String(property.displayOptions?.show?.resource?.[0])
      for (const { value } of optionsOf(property)) {
        const shown = description.properties.filter(
          ({ name, displayOptions }) =>
            name !== 'operation' && displayOptions?.show?.resource?.includes(resource) && displayOptions.show.operation?.includes(value),
        )
        const names = shown.map(({ name }) => name)
        expect(
          names.filter((name, index) => names.indexOf(name) !== index),
          `${resource}.${value}`,
        ).toEqual([])
        const added = (shown.find(({ name }) => name === 'additionalFields')?.options ?? []) as INodeProperties[]
        const offered = added
          .filter(({ displayOptions }) => displayOptions?.show?.['/operation']?.includes(value) ?? true)
          .map(({ name }) => name)
        expect(
          offered.filter((name, index) => offered.indexOf(name) !== index),
          `${resource}.${value}`,
        ).toEqual([])
      }
    }
  })

  it('asks in which session, to whom, about which message, and then what', () => {
    const rank = ({ name, modes = [], displayName }: INodeProperties) => {
      const list = modes[0]?.typeOptions?.searchListMethod
      if (list !== undefined) return /^(session|device)$/.test(list) ? 0 : 1
      if (['to', 'phone', 'chatId', overlay.choice?.name].includes(name)) return 1
      return displayName === 'Message ID' ? 2 : 3
    }
    for (const property of operations) {
      const resource = String(property.displayOptions?.show?.resource?.[0])
      for (const { value } of optionsOf(property)) {
        if (isComposed(overlay, resource, value)) continue
        const shown = description.properties.filter(
          ({ name, type, displayOptions }) =>
            !['operation', 'returnAll', 'limit', 'simplify'].includes(name) &&
            type !== 'notice' &&
            displayOptions?.show?.resource?.includes(resource) &&
            displayOptions.show.operation?.includes(value),
        )
        const ranks = shown.map(rank)
        expect(ranks, `${resource}.${value}: ${shown.map(({ displayName }) => displayName).join(', ')}`).toEqual(ranks.toSorted())
      }
    }
  })

  it('has what most people need first, and administration last', () => {
    const values = optionsOf(description.properties[0] as INodeProperties).map(({ value }) => value)
    expect(values.slice(0, overlay.order.first.length)).toEqual(overlay.order.first)
    expect(values.slice(-overlay.order.last.length)).toEqual(overlay.order.last)
    expect(overlay.order.first.slice(0, 3)).toEqual(['message', 'session', 'chat'])
  })

  it('shows what is deprecated only where a workflow has it', () => {
    for (const { id, resource, deprecated } of Object.values(table.operations)) {
      const [value] = overlay.resources[resource] ?? []
      const property = operations.find((one) => one.displayOptions?.show?.resource?.[0] === value)
      const name = id.slice(id.indexOf('.') + 1)
      const option = ((property?.options ?? []) as INodePropertyOptions[]).find((one) => one.value === name)
      expect(option?.displayOptions, id).toEqual(deprecated ? { show: { operation: [name] } } : undefined)
    }
  })

  it('says in its notes what to do, in words of the form', () => {
    const notes = description.properties.filter(({ type, name }) => type === 'notice' && name.endsWith('Notice'))
    expect(notes.length).toBeGreaterThan(20)
    // what happens on the wire says nothing to whoever fills in a form; it stands in the document as x-wamux-note
    const wire = /\b(?:GET|DELETE|PATCH|POST)\b|\b[2-5]\d\d\b|vendor|client timeout|rate limit|HTTP status/
    const known = (text: string) => text.replace(/200 to 209|512 × 512|500 KB|100 KB/g, '')
    expect(notes.map(({ displayName }) => displayName).filter((text) => wire.test(known(text)))).toEqual([])
    const quoted = notes.flatMap(({ displayName, displayOptions }) => {
      const ids = (displayOptions?.show?.operation ?? []).map((value) =>
        operationOf(table, overlay, String(displayOptions?.show?.resource?.[0]), String(value)),
      )
      const own = ids
        .flatMap((operation) => (operation ? formFor(operation, overlay) : { top: [], more: [] }))
        .flatMap(({ top, more }) => [...top, ...more])
      return own
        .filter(({ path }) => displayName.includes(`<code>${path.join('.')}</code>`))
        .map(({ path }) => `${displayName}: ${path.join('.')}`)
    })
    expect(quoted).toEqual([])
  })

  it('fills each list with a method that is there', () => {
    const wanted = all(description.properties)
      .flatMap((one) => one.modes ?? [])
      .flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? [])
    expect(wanted.length).toBeGreaterThan(0)
    for (const name of new Set(wanted)) expect(methods?.listSearch?.[name], name).toBeTypeOf('function')
  })
})

describe('labels of the original nodes', () => {
  const labels = (node: string) =>
    operationProperties((NODES[node] as INodeType).description).flatMap((one) => optionsOf(one).map(({ name }) => name))
  const fields = (node: string) => all((NODES[node] as INodeType).description.properties).map(({ displayName }) => displayName)

  it.each([
    [
      'Waha',
      [
        'Create Session',
        'Start Session',
        'Stop Session',
        'Restart Session',
        'Logout Session',
        'Delete Session',
        'Send Text',
        'Send Poll',
        'Check Number Exists',
      ],
    ],
    ['Wawp', ['Stop Session', 'Logout Session', 'Restart Session', 'Send Text', 'Send PDF']],
    [
      'Warest',
      ['Logout Session', 'Reconnect Session', 'Create Pair Code', 'Send Button Template', 'Check on WhatsApp', 'Generate UUID/ULID'],
    ],
    [
      'Sparkbot',
      [
        'Reset Session',
        'Reboot Session',
        'Sync Session',
        'Scan QR',
        'Request Authentication Code',
        'Set Queue Status',
        'Create Team Member',
      ],
    ],
  ])('%s', (node, wanted) => {
    expect(labels(node)).toEqual(expect.arrayContaining(wanted))
  })

  it('SparkBot resets with the options that it has there', () => {
    expect(fields('Sparkbot')).toEqual(expect.arrayContaining(['Delete All Data', 'Wait for Session', 'Empty Queue']))
  })
})

describe.each(TRIGGERS.map((node) => ({ name: node.description.name, node })))('$name', ({ node }) => {
  it('has a whole life cycle, no input, and is no tool', () => {
    expect(node.description).toMatchObject({ inputs: [], group: ['trigger'] })
    expect(node.description.usableAsTool).toBeUndefined()
    expect(Object.keys(node.webhookMethods?.default ?? {}).toSorted()).toEqual(['checkExists', 'create', 'delete'])
  })
})

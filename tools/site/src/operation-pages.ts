import type { Field, Operation, OperationTable, Parameter } from '@wamux/core'
import { code, plain, table } from './markdown.ts'

const SAFETY: Record<Operation['safety'], string> = {
  read: 'Reads, and changes nothing',
  converge: 'Repeating it changes nothing more',
  create: 'Repeating it makes another one',
  send: 'Repeating it sends again',
  danger: 'Cannot be undone',
}
const AUDIENCE: Record<Operation['audience'], string> = {
  nobody: 'nobody but this account notices',
  others: 'other people see it',
  access: 'somebody gains access or data',
}

/**
 * The reference of a gateway: a page for each resource.
 *
 * @param id of the gateway: `waha`
 * @param name `WAHA`
 * @returns Markdown, by its place on the site
 */
export function operationPages(id: string, name: string, { resources, operations }: OperationTable): ReadonlyMap<string, string> {
  const all = Object.values(operations)
  const pages = new Map<string, string>()
  const rows: string[][] = []
  for (const resource of resources) {
    const here = all.filter((one) => one.resource === resource.name)
    // nobody looks for what the vendor advises against
    const own = [...here.filter((one) => !one.deprecated), ...here.filter((one) => one.deprecated)]
    if (own.length === 0) continue
    const page = `gateways/${id}/${resource.name}`
    rows.push([`[${resource.label}](/${page})`, String(own.length), resource.about ?? ''])
    const head = `# ${name}: ${plain(resource.label)}\n\n${plain(resource.about ?? '')}\n\n`
    pages.set(page, head + own.map((one) => section(id, one)).join('\n'))
  }
  const intro = `# ${name}: every operation\n\n${all.length} operations. Each is \`gateway.call('<id>', input)\` in code, \`wamux ${id} <resource> <operation>\` on the command line and an action of the n8n node.\n\n`
  pages.set(`gateways/${id}/operations`, intro + table(['Resource', 'Operations', 'What it is'], rows))
  return pages
}

function section(id: string, one: Operation): string {
  const methods = [one.method, ...(one.alternateMethods ?? [])].join(' or ')
  const facts = [
    `${SAFETY[one.safety]}; ${AUDIENCE[one.audience]}.`,
    ...(one.capability ? [`Portable: \`${one.capability}\`.`] : []),
    ...(one.since ? [`Needs ${one.since} or newer.`] : []),
    ...(one.engines ? [`Engines: ${one.engines.join(', ')}.`] : []),
    ...(one.evidence === 'verified' ? [] : ['Inferred: nobody of us saw it on a real server.']),
    ...(one.deprecated ? ['The vendor advises against it.'] : []),
  ]
  const inputs = [...(one.parameters ?? []).map((field) => row(field, field.in)), ...bodyRows(one)]
  const words = one.id.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace('.', ' ')
  return [
    `## ${plain(one.label)} {#${one.id.replaceAll('.', '-')}}\n\n`,
    `\`${methods} ${one.path}\`\n\n`,
    `${plain(one.about)}\n\n`,
    ...(one.note ? [`::: tip Note\n${plain(one.note)}\n:::\n\n`] : []),
    `${facts.join(' ')}\n\n`,
    table(['Input', 'Type', 'In', 'What it is'], inputs),
    code('sh', `wamux ${id} ${words} --help`),
  ].join('')
}

function bodyRows({ body }: Operation): string[][] {
  return (body?.kinds ?? []).flatMap((kind) => {
    const fields = 'fields' in kind && kind.fields ? kind.fields : []
    const place = body && body.kinds.length > 1 ? kind.content : 'body'
    return fields.length > 0 ? fields.map((field) => row(field, place)) : [['', 'anything', place, '']]
  })
}

function row(field: Field | Parameter, place: string): string[] {
  const type = Array.isArray(field.type) ? field.type.join(' or ') : String(field.type ?? 'anything')
  const choices = field.enum ? `One of ${field.enum.map((one) => `\`${String(one)}\``).join(', ')}.` : ''
  const fallback = field.default === undefined ? '' : `The gateway's default: \`${JSON.stringify(field.default)}\`.`
  return [
    `\`${field.name}\`${field.required ? ' (required)' : ''}`,
    type,
    place,
    [field.about ?? '', choices, fallback].filter(Boolean).join(' '),
  ]
}

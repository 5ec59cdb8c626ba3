import { GatewayError, parseAddress, toJid } from '@wamux/core'
import type { Overlay } from '../overlay/overlay.ts'
import type { Control, OperationForm, Placed } from './control.ts'
import { invalid } from './invalid-parameter.ts'
import { type BinaryReader, type GivenFile, readMedia } from './read-media.ts'

/** Gives the value of a parameter of the node, expressions resolved. */
export type ReadParameter = (name: string, fallback: unknown) => unknown

/** What a reading needs besides the parameters. */
export interface Reading {
  readonly overlay: Overlay
  readonly operation: string
  readonly parameter: ReadParameter
  readonly binary: BinaryReader
}

type Input = Record<string, unknown>

/**
 * Reads a filled form into flat input, as `call()` takes it. What was not added is not in it.
 *
 * @throws InvalidParameter that names the input, before anything is sent
 */
export async function readInput(form: OperationForm, reading: Reading): Promise<Input> {
  const input: Input = {}
  for (const path of form.objects) put(input, path, {})
  const more = asRecord(reading.parameter('additionalFields', {}))
  for (const placed of form.top) {
    if (placed.control.kind === 'media') {
      put(input, placed.path, await readMedia(placed, placed.control.rule, topFile(placed, reading, more), reading.binary))
      continue
    }
    const value = await read(placed, reading.parameter(placed.name, undefined), reading)
    if (!isMissing(placed, value, reading)) put(input, placed.path, value)
    else if (placed.required) throw invalid(placed, 'has to be filled in')
  }
  for (const placed of chosen(form, reading)) {
    const value = await read(placed, reading.parameter(placed.name, undefined), reading)
    if (value === undefined || value === '') throw invalid(placed, 'has to be filled in')
    put(input, placed.path, value)
  }
  for (const placed of form.more) {
    if (!Object.hasOwn(more, placed.name)) continue
    const value = await read(placed, more[placed.name], reading)
    if (value !== undefined) put(input, placed.path, value)
  }
  return input
}

function chosen({ choice }: OperationForm, { overlay, parameter }: Reading): readonly Placed[] {
  if (choice.length === 0 || !overlay.choice) return []
  const name = parameter(overlay.choice.name, choice[0]?.name)
  return choice.filter((one) => one.name === name)
}

function topFile({ name }: Placed, { parameter }: Reading, more: Input): GivenFile {
  return {
    source: String(parameter(`${name}Source`, '')),
    binaryField: parameter(`${name}BinaryField`, 'data'),
    url: parameter(`${name}Url`, ''),
    base64: parameter(`${name}Base64`, ''),
    fileId: parameter(`${name}FileId`, ''),
    fileName: more[`${name}Name`],
    mimeType: more[`${name}MimeType`],
  }
}

// an expression without a result is no text; an empty list is no list to send
function isMissing({ path, control, required }: Placed, value: unknown, { overlay, operation }: Reading): boolean {
  if (value === undefined || value === null) return true
  // a switch that nobody has to set and that is off says nothing
  if (value === false && !required) return true
  if (Array.isArray(value)) return value.length === 0
  return value === '' && (control.kind === 'locator' || !overlay.mayBeEmpty?.includes(`${operation}.${path.join('.')}`))
}

async function read(placed: Placed, value: unknown, reading: Reading): Promise<unknown> {
  const { control } = placed
  if (value === undefined || value === null) return undefined
  switch (control.kind) {
    case 'text':
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
    case 'number':
      return readNumber(placed, value)
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value
    case 'date':
      return readDate(value)
    case 'json':
      return readJson(placed, value)
    case 'option':
      return control.values.find((one) => one === value || String(one) === value) ?? value
    case 'options':
      return typeof value === 'string' ? value.split(',').map((one) => one.trim()) : value
    case 'texts':
      return readTexts(placed, control, value)
    case 'pairs':
      return Object.fromEntries(rowsIn(value).map((row) => [String(row.name), row.value]))
    case 'locator':
      return readLocator(placed, control.list, value, reading)
    case 'fields':
      return readFields(control.fields, asRecord(value), reading)
    case 'rows':
      return readRows(control, value, reading)
    case 'media':
      return readMedia(placed, control.rule, nestedFile(value), reading.binary)
  }
}

function readNumber(placed: Placed, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (value.trim() === '') return undefined
  const number = Number(value)
  if (Number.isNaN(number)) throw invalid(placed, 'expected a number')
  return number
}

function readDate(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  const { toISO } = value as { toISO?: () => string }
  return typeof toISO === 'function' ? toISO.call(value) : value === '' ? undefined : value
}

function readJson(placed: Placed, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (value.trim() === '') return undefined
  try {
    return JSON.parse(value)
  } catch {
    throw invalid(placed, 'expected valid JSON')
  }
}

// one entry may be an expression that gives a whole list
function readTexts(placed: Placed, control: { readonly of?: string; readonly numbers?: boolean }, value: unknown): unknown {
  const parsed = typeof value === 'string' && /^\s*\[/.test(value) ? readJson(placed, value) : value
  const list = (Array.isArray(parsed) ? parsed.flat() : [parsed]).filter((one) => one !== '' && one !== undefined && one !== null)
  const { of } = control
  return list.map((one) => {
    const item = control.numbers ? readNumber(placed, one) : typeof one === 'number' ? String(one) : one
    return of === undefined || typeof item === 'object' ? item : { [of]: item }
  })
}

interface Locator {
  readonly mode: string
  readonly value: unknown
}

function readLocator(placed: Placed, list: string, given: unknown, { overlay }: Reading): unknown {
  const { mode, value } = isLocator(given) ? given : { mode: 'id', value: given }
  if (mode === 'phone' && value !== '' && value !== null && value !== undefined) {
    if (typeof value === 'object') throw invalid(placed, 'expected a phone number')
    return phoneJid(placed, String(value), overlay.lists[list]?.phone)
  }
  if (typeof value !== 'number' && typeof value !== 'string') return value ?? ''
  const text = String(value).trim()
  return mode === 'id' ? normalId(placed, text, list, overlay.lists[list]?.phone) : text
}

/** Servers of the ids of persons, which gateways write in two ways. */
const PERSON = /^([^@\s]+)@(?:c\.us|s\.whatsapp\.net)$/i
const NUMBER = /^\+?\d[\d ()./-]{4,24}$/

/** An id as the gateway writes it: people type numbers, and copy ids from other programs. What has another form goes as it is. */
function normalId(placed: Placed, text: string, list: string, server: 'c.us' | 's.whatsapp.net' | undefined): string {
  if (!['chat', 'contact', 'group', 'channel'].includes(list) || text === '') return text
  if (/\s/.test(text) && !NUMBER.test(text)) throw invalid(placed, 'expected a phone number or an ID, without spaces inside')
  if (text.split('@').length > 2) throw invalid(placed, 'expected an ID with one @')
  if (list === 'group') {
    if (PERSON.test(text)) throw invalid(placed, 'this is the ID of a person; the ID of a group ends with @g.us')
    return /^\d+(?:-\d+)?$/.test(text) ? `${text}@g.us` : text
  }
  if (server === undefined) return text
  const [, user] = PERSON.exec(text) ?? []
  if (user !== undefined) return `${user.replace(/:\d+$/, '')}@${server}`
  return NUMBER.test(text) ? phoneJid(placed, text, server) : text
}

function phoneJid(placed: Placed, value: string, server: 'c.us' | 's.whatsapp.net' = 'c.us'): string {
  try {
    return toJid(parseAddress(value, placed.path.join('.')), server)
  } catch (error) {
    throw invalid(placed, GatewayError.is(error) ? error.message.replace(/^[^:]*: /, '') : 'expected a phone number')
  }
}

function isLocator(value: unknown): value is Locator {
  return typeof value === 'object' && value !== null && 'mode' in value && 'value' in value
}

async function readFields(fields: readonly Placed[], values: Input, reading: Reading): Promise<Input> {
  const result: Input = {}
  for (const placed of fields) {
    if (!Object.hasOwn(values, placed.name)) continue
    const value = await read(placed, values[placed.name], reading)
    if (value !== undefined) put(result, placed.path, value)
  }
  return result
}

async function readRows(control: Extract<Control, { kind: 'rows' }>, value: unknown, reading: Reading): Promise<unknown> {
  // an expression may give the list as the gateway has it
  if (Array.isArray(value)) return value
  return Promise.all(
    rowsIn(value).map(async (row) => ({
      ...(await readFields(control.required, row, reading)),
      ...(await readFields(control.optional, asRecord(row.additionalFields), reading)),
    })),
  )
}

function rowsIn(value: unknown): Input[] {
  const { entry } = asRecord(value)
  return (Array.isArray(entry) ? entry : entry === undefined ? [] : [entry]).map(asRecord)
}

function nestedFile(value: unknown): GivenFile {
  const file = asRecord(asRecord(value).file)
  return {
    source: String(file.source ?? ''),
    binaryField: file.fileBinaryField,
    url: file.fileUrl,
    base64: file.fileBase64,
    fileId: file.fileFileId,
  }
}

function put(input: Input, path: readonly string[], value: unknown): void {
  // a file without a place of its own fills the inputs that it consists of
  if (path.length === 0) {
    Object.assign(input, value)
    return
  }
  const last = path.length - 1
  let target = input
  for (const [index, name] of path.entries()) {
    if (index === last) target[name] = value
    else {
      target[name] ??= {}
      target = target[name] as Input
    }
  }
}

function asRecord(value: unknown): Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Input) : {}
}

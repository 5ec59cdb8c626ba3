import { basename } from 'node:path'
import type { ContactCard, Media } from '@wamux/core'
import { kebabCase } from '../command/case.ts'
import type { ArgSpec } from '../command/command.ts'
import type { FlagSpec } from '../command/flags.ts'
import { contentTypeOf, refuseAddress, type Sources } from '../command/read-sources.ts'
import { numberIn, type Values } from '../command/values.ts'
import { UsageError } from '../errors/usage-error.ts'
import { isRecord } from '../output/fields.ts'
import type { AnyVerbSpec, InputSpec, Kind } from './verb-spec.ts'

type Inputs = AnyVerbSpec['input']

/** The name of a field on the command line. */
export function inputName(field: string, { flag }: InputSpec): string {
  return flag ?? kebabCase(field)
}

/** The arguments and flags for the fields of a verb's input. */
export function argsAndFlags(inputs: Inputs): { readonly args: Record<string, ArgSpec>; readonly flags: Record<string, FlagSpec> } {
  const args: Record<string, ArgSpec> = {}
  const flags: Record<string, FlagSpec> = {}
  for (const [field, spec] of Object.entries(inputs)) {
    if (!spec) continue
    const { about, kind = 'text', required, value, positional, freeText, fallback, address } = spec
    const name = inputName(field, spec)
    const word = value ?? VALUES[kind]
    if (positional) {
      args[name] = {
        about,
        ...(word === undefined ? {} : { value: word }),
        ...(required ? { required } : {}),
        ...(freeText ? { freeText } : {}),
        ...(fallback ? { fallback } : {}),
        ...(address ? { address } : {}),
        ...(kind === 'list' ? { rest: true } : {}),
      }
    } else flags[name] = { about, ...flagForm(kind, spec, word ?? name) }
    if (kind === 'media') Object.assign(flags, MEDIA_FLAGS)
    if (kind === 'limit') flags.all = { about: 'all of them, page after page' }
  }
  return { args, flags }
}

const VALUES: Partial<Record<Kind, string>> = {
  number: 'number',
  duration: 'time',
  json: 'json',
  cards: 'name:number',
  media: 'file',
  onOff: 'on|off',
  secret: '@file',
}

const MEDIA_FLAGS: Readonly<Record<string, FlagSpec>> = {
  url: { about: 'http(s) address that the gateway fetches, instead of a file', value: 'url' },
  mimetype: { about: 'media type, image/png; default by the name of the file', value: 'type' },
  filename: { about: 'name to show; default the name of the file', value: 'name' },
}

function flagForm(kind: Kind, { choices }: InputSpec, value: string): Omit<FlagSpec, 'about'> {
  switch (kind) {
    case 'switch':
    case 'off':
      return {}
    case 'duration':
      return { value, duration: true }
    case 'list':
    case 'cards':
      return { value, repeat: true }
    case 'choice':
      return { value, ...(choices ? { choices } : {}) }
    case 'choices':
      return { value, list: true, ...(choices ? { choices } : {}) }
    default:
      return { value }
  }
}

/** Reads the input of a verb from the command line. @throws UsageError for a value that does not fit */
export async function verbInput(inputs: Inputs, values: Values, sources: Sources): Promise<Record<string, unknown>> {
  const input: Record<string, unknown> = {}
  for (const [field, spec] of Object.entries(inputs)) {
    const value = spec && (await givenValue(inputName(field, spec), spec, values, sources))
    if (value !== undefined && value !== null) input[field] = value
  }
  return input
}

async function givenValue(name: string, spec: InputSpec, values: Values, sources: Sources): Promise<unknown> {
  const { kind = 'text' } = spec
  if (kind === 'media') return mediaFrom(name, values, sources)
  const text = values.text(name)
  const shown = spec.positional ? `<${name}>` : `--${name}`
  if (!values.is(name)) {
    if (spec.required && !spec.positional && !spec.fallback)
      throw new UsageError(`--${name} is missing: ${spec.about}.`, `Give it: --${name} <${spec.value ?? VALUES[kind] ?? name}>`)
    return undefined
  }
  switch (kind) {
    case 'switch':
      return true
    case 'off':
      return false
    case 'duration':
      return values.ms(name)
    case 'list':
      return spec.address ? values.all(name).map(visibleNumber) : values.all(name)
    case 'choices':
      return values.list(name)
    case 'cards':
      return values.all(name).map(cardFrom)
    case 'number':
    case 'limit':
      return numberFrom(shown, text ?? '')
    case 'onOff':
      return onOff(shown, text ?? '')
    case 'json':
      return objectFrom(name, await sources.json(text ?? '', 'object'))
    case 'secret':
      return secretFrom(name, text ?? '', sources)
    case 'choice':
      return choiceFrom(name, text ?? '', spec.choices ?? [])
    case 'cursor':
      return text
    default:
      if (text === '-') return notEmpty(name, await sources.stdin())
      return spec.address && text !== undefined ? visibleNumber(text) : text
  }
}

/** A number as it is seen: without marks for the direction of writing, and with plain hyphens and spaces. Address books add them. */
export function visibleNumber(text: string): string {
  return text
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00a0\u2000-\u200a\u202f]/g, ' ')
}

// the parser checks the choices of flags only, not those of arguments
function choiceFrom(name: string, text: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text
  throw new UsageError(`<${name}> is one of ${choices.join(', ')}, not "${text}".`)
}

function notEmpty(name: string, text: string): string {
  if (text === '') throw new UsageError(`<${name}> is empty.`)
  return text
}

function numberFrom(name: string, text: string): number {
  const value = numberIn(text.trim())
  if (value !== undefined) return value
  throw new UsageError(`${name} has to be a number, not "${text}".`)
}

function onOff(name: string, text: string): boolean {
  if (/^(on|true|yes)$/i.test(text)) return true
  if (/^(off|false|no)$/i.test(text)) return false
  throw new UsageError(`${name} is on or off, not "${text}".`)
}

function objectFrom(name: string, value: unknown): unknown {
  if (isRecord(value)) return value
  throw new UsageError(`<${name}> has to be a JSON object: {"name":"value"}.`)
}

async function secretFrom(name: string, text: string, sources: Sources): Promise<string> {
  if (text === '-') return sources.stdin()
  if (text.startsWith('@')) return (await sources.text(text.slice(1))).trim()
  throw new UsageError(`--${name} is a secret, and command lines are seen by others.`, `Give a file or stdin: --${name} @file, --${name} -`)
}

/** A contact from `Ada Lovelace:+4915112345678:Analytical Engines`. */
function cardFrom(text: string): ContactCard {
  const [name, phone, organization] = text.split(':').map((part) => part.trim())
  if (name && phone) return { name, phone, ...(organization ? { organization } : {}) }
  throw new UsageError(`"${text}" is no contact.`, 'Write a name and a number: "Ada Lovelace:+4915112345678"')
}

async function mediaFrom(name: string, values: Values, sources: Sources): Promise<Media> {
  const [file, url, mimetype, filename] = [values.text(name), values.text('url'), values.text('mimetype'), values.text('filename')]
  const facts = { ...(mimetype === undefined ? {} : { mimetype }), ...(filename === undefined ? {} : { filename }) }
  if (url !== undefined && file !== undefined) throw new UsageError(`Give a file or --url, not both.`)
  if (url !== undefined) return { url, ...facts }
  if (file === undefined) throw new UsageError(`<${name}> is missing.`, 'Give a file, - for stdin, or --url')
  refuseAddress(file, `<${name}> is a file`, 'Give it as --url: the gateway fetches it')
  const data = new Uint8Array(await sources.bytes(file))
  const { mimetypeOf } = await import('@wamux/core/verbs')
  const type = mimetypeOf(filename ?? file) === undefined ? contentTypeOf(data) : undefined
  return { data, ...(file === '-' ? {} : { filename: basename(file) }), ...(type === undefined ? {} : { mimetype: type }), ...facts }
}

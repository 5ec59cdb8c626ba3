import type { Operation } from '@wamux/core'
import { exampleInput, type Input } from '@wamux/document-server'
import type { Item, Json, Run } from '../engine/n8n-types.ts'
import type { Subject } from '../engine/subject.ts'
import { requestProblems } from './compare.ts'
import { type Filled, fillForm, NotSayable } from './fill.ts'
import type { Form } from './form.ts'
import { outputProblems, pairedItemOf } from './output.ts'
import { BINARY, type Source } from './sent-file.ts'

/** One thing that is tried with one operation. */
export interface Case {
  readonly name: string
  /** What went wrong; empty when nothing did. */
  run(): Promise<string[]>
}

/** Text of the gateway's own that an error has to hand on. */
const REFUSAL = 'There is no such thing here'

/** What is tried with an operation: follows from its entry in the table, so a new operation has its cases by itself. */
export function casesFor(subject: Subject, operation: Operation, form: Form): Case[] {
  const named = (what: string, run: () => Promise<string[]>): Case => ({ name: `${subject.gateway.id} ${operation.id}: ${what}`, run })
  const required = sayableInput(operation, form, 'required')
  const all = sayableInput(operation, form, 'all')
  const sources = isSayable(operation, form, all) ? fillForm(form, operation, all).sources : []
  return [
    named('what is required, for two items', () => succeed(subject, operation, form, { input: required })),
    named('everything, for two items', () => succeed(subject, operation, form, { input: all, options: everything(form) })),
    ...sources.slice(1).map((source) => named(`file from ${source}`, () => succeed(subject, operation, form, { input: required, source }))),
    named('one item fails and the other does not', () => failOne(subject, operation, form, required)),
    named('a failure stops the workflow', () => failAndStop(subject, operation, form, required)),
  ]
}

// of a union's members the first that the control takes
function sayableInput(operation: Operation, form: Form, fields: 'required' | 'all'): Input {
  const choices = [0, 1, 2, 3].map((choice) => exampleInput(operation, { fields, choice }))
  const names = Object.keys(choices[0] ?? {})
  return Object.fromEntries(
    names.map((name) => [name, (choices.find((one) => isSayable(operation, form, { [name]: one[name] })) ?? choices[0])?.[name]]),
  )
}

function isSayable(operation: Operation, form: Form, input: Input): boolean {
  try {
    fillForm(form, operation, input)
    return true
  } catch (error) {
    if (error instanceof NotSayable) return false
    throw error
  }
}

interface Attempt {
  readonly input: Input
  readonly source?: Source
  /** Parameters that say what comes out. */
  readonly options?: Json
}

function everything(form: Form): Json {
  return { ...(form.has('returnAll') ? { returnAll: true } : {}), ...(form.has('simplify') ? { simplify: false } : {}) }
}

async function succeed(subject: Subject, operation: Operation, form: Form, { input, source, options = {} }: Attempt): Promise<string[]> {
  const filled = fillForm(form, operation, input, source)
  const paged = form.has('returnAll')
  const missed = filled.missed.filter((name) => !(paged && ['limit', 'offset', 'page', 'size'].includes(name)))
  if (missed.length > 0) return [`the form does not offer ${missed.join(', ')}`]
  const items = itemsFor(operation, filled)
  const { run, output, requests: all } = await subject.run({ ...filled.parameters, ...options }, items.map(toItem))
  // a list that leaves out some of what it counts is looked through to its end
  const requests = all.filter(({ parameters }) => !(Number(parameters.query.offset ?? 0) > 0))
  const failure = failureOf(run)
  if (failure) return [failure, ...all.flatMap((one) => one.problems)]
  if (requests.length !== items.length) return [`${requests.length} requests for ${items.length} items`]
  return [
    ...requests.flatMap((request, index) => requestProblems(operation, request, filled.sent, items[index] ?? {}, paged)),
    ...requests.flatMap((request) => (request.operation === (operation.variantOf ?? operation.id) ? [] : [`called ${request.operation}`])),
    ...outputProblems(output, requests, paged && !options.returnAll),
    ...subject.leaks([run.itemsOf(subject.nodeName), output]),
  ]
}

async function failOne(subject: Subject, operation: Operation, form: Form, input: Input): Promise<string[]> {
  const filled = fillForm(form, operation, input)
  const items = itemsFor(operation, filled)
  subject.refuse(1, { status: 404, message: REFUSAL })
  const { run, output, requests } = await subject.run(filled.parameters, items.map(toItem), { onError: 'continueRegularOutput' })
  const failure = failureOf(run)
  if (failure) return [failure]
  const paired = output.map(({ pairedItem }) => pairedItemOf(pairedItem))
  const last = output.at(-1)
  const told = JSON.stringify(last?.json ?? {})
  return [
    ...(paired.at(-1) === 1 && paired.filter((one) => one === 1).length === 1
      ? []
      : [`the failed item is not paired: ${paired.join(' ')}`]),
    ...(last?.json.error === undefined ? [`the failed item says no error: ${told}`] : []),
    ...(told.includes(REFUSAL) ? [] : [`the gateway's own words are not in it: ${told}`]),
    ...outputProblems(
      output.filter((one) => one !== last),
      requests,
      form.has('returnAll'),
    ),
    ...subject.leaks([output, run.itemsOf(subject.nodeName)]),
  ]
}

async function failAndStop(subject: Subject, operation: Operation, form: Form, input: Input): Promise<string[]> {
  const filled = fillForm(form, operation, input)
  subject.refuse(1, { status: 404, message: REFUSAL })
  const { run } = await subject.run(filled.parameters, itemsFor(operation, filled).map(toItem))
  const { error } = run
  if (run.status !== 'error' || !error) return [`the workflow ended with ${run.status}`]
  return [
    ...(error.name === 'NodeApiError' ? [] : [`the error is a ${error.name}`]),
    ...(error.context?.itemIndex === 1 ? [] : [`the error is for item ${String(error.context?.itemIndex)}`]),
    ...(error.httpCode === '404' ? [] : [`the error has the code ${String(error.httpCode)}`]),
    ...(namesId(operation, `${error.message} ${error.description}`) ? [`an id of an operation stands in "${error.message}"`] : []),
    ...(`${error.message} ${error.description}`.includes(REFUSAL) ? [] : [`the gateway's own words are not in "${error.message}"`]),
    ...subject.leaks([error]),
  ]
}

// people know operations by their labels
function namesId({ id }: Operation, text: string): boolean {
  return text.includes(id)
}

/** What failed, in one line; undefined when the workflow came to its end. */
export function failureOf(run: Run): string | undefined {
  if (run.status === 'success' || run.status === 'waiting') return undefined
  return `${run.status}: ${run.error?.name}: ${run.error?.message} (${run.error?.description ?? ''})`
}

type Values = Readonly<Record<string, string>>

// another id for each item, where ids have no form of their own
function itemsFor(operation: Operation, { locators }: Filled): [Values, Values] {
  const fixed = new Set(
    [...(operation.parameters ?? []), ...(operation.body?.kinds.flatMap((kind) => kind.fields ?? []) ?? [])]
      .filter((one) => one.pattern !== undefined || one.enum !== undefined || one.maxLength !== undefined)
      .map((one) => one.name),
  )
  const other = Object.entries(locators).map(([name, value]) => [name, fixed.has(name) ? value : `${value}2`])
  return [locators, Object.fromEntries(other)]
}

function toItem(values: Values): Item {
  return { json: { values }, binary: BINARY }
}

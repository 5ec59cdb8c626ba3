import type { VerbId } from '@wamux/core'
import { expect, it } from 'vitest'
import { operations } from '../src/generated/operations.ts'
import { manifest } from '../src/index.ts'

const { capabilities, evidence = {}, limits = {} } = manifest
const verbs = Object.keys(capabilities) as VerbId[]
const byVerb = new Map(Object.values(operations.operations).map((operation) => [operation.capability, operation]))

it('has an operation behind every verb that is called native', () => {
  expect(verbs.filter((verb) => capabilities[verb] === 'native' && !byVerb.has(verb))).toEqual([])
})

it('names no verb for an operation that is not one', () => {
  expect([...byVerb.keys()].filter((verb) => verb !== undefined && !Object.hasOwn(capabilities, verb))).toEqual([])
})

it('knows each verb as well as its operation is known', () => {
  const native = verbs.filter((verb) => capabilities[verb] === 'native')
  expect(native.map((verb) => [verb, evidence[verb] ?? 'verified'])).toEqual(native.map((verb) => [verb, byVerb.get(verb)?.evidence]))
})

it('knows a composed verb as well as the weakest of what it is made of', () => {
  const madeOf: Partial<Record<VerbId, readonly string[]>> = {
    'session.create': ['sessions.create', 'sessions.start'],
    'session.waitFor': ['sessions.get'],
    'message.waitFor': ['messages.get'],
    'chat.get': ['chats.overview'],
    'contact.resolve': ['lids.list'],
    'webhook.create': ['webhooks.list', 'webhooks.set'],
    'webhook.update': ['webhooks.list', 'webhooks.update', 'webhooks.set', 'webhooks.delete'],
    'webhook.delete': ['webhooks.list', 'webhooks.delete'],
  }
  const composed = verbs.filter((verb) => capabilities[verb] === 'composed')
  expect([...composed].sort()).toEqual(Object.keys(madeOf).sort())
  for (const verb of composed) {
    const parts = (madeOf[verb] ?? []).map((id) => operations.operations[id]?.evidence)
    expect([verb, evidence[verb] ?? 'verified']).toEqual([verb, parts.includes('inferred') ? 'inferred' : 'verified'])
  }
})

it('bounds and doubts only verbs that there are', () => {
  expect([...Object.keys(evidence), ...Object.keys(limits)].filter((verb) => !Object.hasOwn(capabilities, verb))).toEqual([])
})

import { expect, it } from 'vitest'
import { didYouMean } from './did-you-mean.ts'

const WORDS = ['list', 'get', 'start', 'stop', 'restart', 'request-pairing-code', 'wait-for']

it.each([
  ['stp', 'stop'],
  ['strat', 'start'],
  ['STOP', 'stop'],
  ['waitfor', 'wait-for'],
  ['requst-pairing-code', 'request-pairing-code'],
  ['req', 'request-pairing-code'],
  ['gte', 'get'],
])('%s means %s', (word, meant) => {
  expect(didYouMean(word, WORDS)).toBe(meant)
})

it.each(['banana', 'st', '', 'xy'])('%s means nothing near', (word) => {
  expect(didYouMean(word, WORDS)).toBeUndefined()
})

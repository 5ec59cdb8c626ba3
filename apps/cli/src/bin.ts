#!/usr/bin/env node
import { version } from './version.ts'

const [first, ...rest] = process.argv.slice(2)

// the commonest question of scripts and editors is answered without loading anything
if ((first === '--version' || first === '-V') && rest.length === 0) process.stdout.write(`${version}\n`)
// what shells ask at every press of the tab key, with as little as it takes
else if (first === '__complete') void import('./router/answer-completion.ts').then(({ answer }) => answer(rest))
else void import('./main.ts').then(({ main }) => main(process.argv.slice(2)))

#!/usr/bin/env node
import { version } from './version.ts'

const [first, ...rest] = process.argv.slice(2)

// answered without loading anything else, as scripts and editors ask it often
if ((first === '--version' || first === '-V' || first === '-v') && rest.length === 0) process.stdout.write(`${version}\n`)
// shells call this at every press of the tab key: it loads as little as possible
else if (first === '__complete') void import('./router/answer-completion.ts').then(({ answerCompletion }) => answerCompletion(rest))
else void import('./main.ts').then(({ main }) => main(process.argv.slice(2)))

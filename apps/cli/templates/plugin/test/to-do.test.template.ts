import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const FOLDERS = ['openapi', 'src', 'src/capabilities', 'test']

/** Every line that begins a comment with TODO and a number, in the order of the numbers. */
function toDo(): string[] {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? todosIn(join(folder, entry.name)) : [])),
  )
  return found.toSorted((one, other) => one.number - other.number).map(({ number, place, text }) => `${number}. ${place}: ${text}`)
}

function todosIn(file: string): { number: number; place: string; text: string }[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const [, number, text = ''] = /^\s*(?:\/\/|#) TODO (\d+): (.*)$/.exec(line) ?? []
      return number === undefined ? [] : [{ number: Number(number), place: `${file}:${index + 1}`, text }]
    })
}

it('has nothing left to do', () => {
  const left = toDo()
  expect(left, `Left to do:\n${left.join('\n')}\n`).toEqual([])
})

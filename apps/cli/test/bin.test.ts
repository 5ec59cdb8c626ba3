import { expect, it } from 'vitest'
import { wamux } from './spawned.ts'

it('starts as a process of its own; all else that a process does is in bin.long.test.ts', async () => {
  expect(await wamux(['session', 'list'], {})).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('No gateway is set up'),
  })
})

import { verbIds } from '@wamux/core'
import { expect, it } from 'vitest'
import { invoke } from '../../../test/in-process.ts'

it('shows which gateway has which verb, out of the manifests alone', async () => {
  const { code, stdout } = await invoke(['capabilities', 'session'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^COMMAND\tWAHA\tWAWP\tWAREST\tSPARKBOT\n/)
  expect(stdout).toMatch(/\nsession stop\tnative\tnative\t\t\n/)
  const rows = JSON.parse((await invoke(['capabilities', '--json'])).stdout) as {
    verb: string
    gateways: Record<string, { support: string }>
  }[]
  expect(rows.map(({ verb }) => verb)).toEqual(verbIds())
  expect(rows.find(({ verb }) => verb === 'session.stop')?.gateways).toMatchObject({
    waha: { support: 'native' },
    warest: { support: 'absent' },
  })
})

it('narrows to a gateway or a namespace, and knows both', async () => {
  const only = JSON.parse(
    (await invoke(['capabilities', 'message', '--gateway', 'wawp', '--jq', '[.[0].gateways | keys] | flatten'])).stdout,
  )
  expect(only).toEqual(['wawp'])
  expect(await invoke(['capabilities', 'mesage'])).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean message?') })
  expect(await invoke(['capabilities', '--gateway', 'nope'])).toMatchObject({ code: 2, stdout: '' })
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Operation } from '@wamux/core'
import { expect, it } from 'vitest'
import { ownPlugins } from '../../test/own-plugins.ts'
import { hideInRaw } from './secret-answer.ts'
import { secretFieldsOf } from './secret-fields.ts'

it.each(['waha', 'wawp', 'warest', 'sparkbot'])('of %s are those of its table, kept until the table changes', async (id) => {
  const folder = mkdtempSync(join(tmpdir(), 'wamux-secret-fields-'))
  try {
    const env = { XDG_CACHE_HOME: folder }
    const manifest = await ownPlugins.manifest(id)
    const operations = Object.values((await ownPlugins.operations(id)).operations) as Operation[]
    const wanted = (verb: string) => {
      const own = operations.filter(({ capability }) => capability === verb)
      return new Set((own.length > 0 ? own : operations).flatMap(({ secretFields = [] }) => secretFields))
    }
    const noTable = { ...ownPlugins, operations: () => Promise.reject(new Error('the table is loaded again')) }
    for (const plugins of [ownPlugins, noTable]) {
      for (const verb of [...Object.keys(manifest.capabilities), 'no.such']) {
        expect(new Set(await secretFieldsOf(verb, manifest, plugins, env)), verb).toEqual(wanted(verb))
      }
    }
    // what is not of this table, or is none, is made anew
    const file = join(folder, 'wamux', `secret-fields-${id}.json`)
    const { key } = (JSON.parse(readFileSync(file, 'utf8')) as { key: string }[])[0] ?? {}
    const others = [[{ key: 'other', value: { byVerb: {}, all: [] } }], [{ key, value: 1 }], [null], { key }].map((one) =>
      JSON.stringify(one),
    )
    for (const text of [...others, '{']) {
      writeFileSync(file, text)
      expect(new Set(await secretFieldsOf('no.such', manifest, ownPlugins, env))).toEqual(wanted('no.such'))
      expect(readFileSync(file, 'utf8')).not.toBe(text)
    }
    // another installation of the plugin does not push this one out
    const other = join(folder, 'operations.js')
    writeFileSync(other, '')
    await secretFieldsOf('no.such', manifest, { ...ownPlugins, exportedFile: () => pathToFileURL(other).href }, env)
    expect(new Set(await secretFieldsOf('no.such', manifest, noTable, env))).toEqual(wanted('no.such'))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('of a plugin without a table are unknown, and then all that the gateway answered is hidden', async () => {
  const manifest = { ...(await ownPlugins.manifest('waha')), id: 'other', packageName: 'wamux-plugin-other' }
  const plugins = {
    ...ownPlugins,
    exportedFile: () => {
      throw new Error('it has none')
    },
  }
  expect(await secretFieldsOf('session.get', manifest, plugins, {})).toBeUndefined()
  const result = { items: [{ session: 's', raw: { webhooks: [{ hmac: 'k3y' }] } }], raw: ['k3y'], more: { raw: 'k3y' } }
  const hidden = { items: [{ session: 's', raw: '[redacted]' }], raw: '[redacted]', more: { raw: '[redacted]' } }
  expect(hideInRaw(result, undefined)).toEqual(hidden)
  expect(hideInRaw({ raw: null, state: 'ok' }, undefined)).toEqual({ raw: null, state: 'ok' })
})

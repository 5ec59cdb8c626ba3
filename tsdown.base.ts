import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { UserConfig } from 'tsdown'

/** How every published library is built: ESM with types, one entry per export. */
export const library: UserConfig = {
  entry: ['src/index.ts'],
  format: 'esm',
  platform: 'neutral',
  dts: { oxc: true },
  fixedExtension: false,
  sourcemap: true,
  clean: true,
}

/** The four gateway plugins, all of one shape. */
export const plugin: UserConfig = {
  ...library,
  entry: {
    index: 'src/index.ts',
    client: 'src/client.ts',
    manifest: 'src/manifest.ts',
    operations: 'src/generated/operations.ts',
    // no export: the index is to hold nothing itself, else bundlers take all that it names for needed
    plugin: 'src/plugin.ts',
    webhooks: 'src/webhooks.ts',
  },
  // the manifest as data, which `wamux` in package.json names: the command line reads it without running code
  async onSuccess({ outDir }) {
    const { manifest } = (await import(pathToFileURL(join(outDir, 'manifest.js')).href)) as { manifest: object }
    await writeFile(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  },
}

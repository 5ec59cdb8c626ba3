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

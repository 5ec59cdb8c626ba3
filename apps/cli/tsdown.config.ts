import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = {
  ...library,
  entry: { bin: 'src/bin.ts' },
  platform: 'node',
  target: 'node20.19',
  dts: false,
  sourcemap: false,
  minify: { compress: true, mangle: false, codegen: false },
  // libraries are bundled (THIRD-PARTY.md); gateways, emulator and keychain are whatever is installed
  deps: {
    alwaysBundle: ['uqr', 'yaml', '@michaelhomer/jqjs', /^@clack\//, 'sisteransi', /^fast-/],
    neverBundle: [/^@wamux\//, '@napi-rs/keyring'],
  },
}

export default config

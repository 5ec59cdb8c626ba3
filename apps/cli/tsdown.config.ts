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
  // uqr and yaml are bundled; the gateways and the emulator are whatever is installed
  deps: { alwaysBundle: ['uqr', 'yaml'], neverBundle: [/^@wamux\//] },
}

export default config

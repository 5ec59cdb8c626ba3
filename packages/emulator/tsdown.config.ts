import { library } from '../../tsdown.base.ts'

export default {
  ...library,
  entry: { index: 'src/index.ts', server: 'src/server/serve.ts', vitest: 'src/vitest/fixtures.ts' },
  deps: { neverBundle: [/^node:/] },
}

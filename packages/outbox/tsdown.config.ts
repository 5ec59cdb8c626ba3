import { library } from '../../tsdown.base.ts'

export default {
  ...library,
  entry: {
    index: 'src/index.ts',
    sqlite: 'src/sqlite/index.ts',
    postgres: 'src/postgres/index.ts',
    'store-suite': 'src/store/store-suite.ts',
  },
  deps: { neverBundle: [/^node:/, 'pg', 'pg-boss'] },
}

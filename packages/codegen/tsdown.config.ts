import { library } from '../../tsdown.base.ts'

export default { ...library, platform: 'node', entry: { index: 'src/index.ts', main: 'src/main.ts' } }

import { library } from '../../tsdown.base.ts'

export default { ...library, entry: { index: 'src/index.ts', growth: 'src/growth.ts' } }

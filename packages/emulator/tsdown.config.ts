import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = { ...library, entry: { index: 'src/index.ts', server: 'src/server.ts' } }

export default config

/** A process that calls with one contender, a round whenever it is told to: `node client.ts <contender> <base URL>`. */
import { type ContenderName, contenders } from './contenders/index.ts'
import { measure, type Until } from './measure.ts'

const [, , name, baseUrl = ''] = process.argv
const create = await contenders[name as ContenderName]()
const contender = await create(baseUrl)
process.on('message', async (until) => {
  process.send?.(await measure(contender, until as Until))
})
process.on('disconnect', () => void contender.close?.())
process.send?.('ready')

import { GatewayError, type VerbId } from '@wamux/core'
import { recordOf } from '@wamux/core/engine'
import { manifest } from '../manifest.ts'

/** An answer that has something in it: engines say with an empty one that there is nothing. @throws GatewayError `not_found` */
export function found<Raw>(operation: VerbId, data: Raw, what: string): Raw {
  if (recordOf(data) !== undefined) return data
  throw new GatewayError(`${manifest.name} has no ${what}`, { kind: 'not_found', gateway: manifest.id, operation, reached: 'yes' })
}

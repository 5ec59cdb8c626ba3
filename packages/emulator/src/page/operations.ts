import type { Operation, OperationTable } from '@wamux/core'
import { operations as sparkbot } from '@wamux/sparkbot/operations'
import { operations as waha } from '@wamux/waha/operations'
import { operations as warest } from '@wamux/warest/operations'
import { operations as wawp } from '@wamux/wawp/operations'
import { createRouter, type Router } from '../faces/router.ts'
import type { GatewayId } from '../sessions/session.ts'

const TABLES: Readonly<Record<GatewayId, OperationTable>> = { waha, wawp, warest, sparkbot }
const routers = new Map<GatewayId, Router>()

/**
 * The operation behind a logged request.
 *
 * @param target path and query below the gateway's mount
 */
export function operationAt(gateway: GatewayId, method: string, target: string): Operation | undefined {
  const router = routers.get(gateway) ?? createRouter(TABLES[gateway], {})
  routers.set(gateway, router)
  return router(method, pathOf(target))?.operation
}

/** Ids of all operations of a gateway. */
export function operationIds(gateway: GatewayId): readonly string[] {
  return Object.keys(TABLES[gateway].operations)
}

export function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? ''
}

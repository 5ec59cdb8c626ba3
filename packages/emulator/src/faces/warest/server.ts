import type { State } from '../../state.ts'
import type { Handler } from '../handler.ts'
import { SESSION_STATUS, success } from './serialize.ts'

const SERVICE = { serviceName: 'Warest API', serviceVersion: '0.3.44' } as const

/** What the server says about itself. Figures of the machine are invented and constant. */
export function serverHandlers(state: State): Record<string, Handler> {
  const seconds = () => Math.floor(state.clock.now() / 1000)
  const uptime = () => Math.floor((state.clock.now() - state.startedAt) / 1000)
  return {
    'server.ping': () => {
      const iso = new Date(state.clock.now()).toISOString()
      const times = { serverTime: iso, serverTimeISO: iso, serverTimeUTC: iso, timezone: 'UTC', timezoneLocale: 'en-US' }
      return success(200, 1000, 'Server is alive', [{ ping: 'pong', latencyMs: 0.03, ...times, timestamp: seconds() }])
    },

    'server.info': () => {
      const sessions = state.sessions('warest').list()
      const byStatus: Record<string, number> = {}
      for (const { phase } of sessions) byStatus[SESSION_STATUS[phase]] = (byStatus[SESSION_STATUS[phase]] ?? 0) + 1
      const info = {
        ...SERVICE,
        environment: 'production',
        uptimeSeconds: uptime(),
        uptimeDays: `${uptime()} seconds`,
        system: { hostname: 'emulator', platform: 'linux', arch: 'x64', release: '6.0.0' },
        cpu: { model: 'CPU', cores: 2, speedMHz: 0 },
        memory: { totalMB: 4096, freeMB: 2048, usedMB: 2048, usagePercent: 50 },
        timezone: 'UTC',
        sessions: { total: sessions.length, byStatus },
        timestamp: seconds(),
      }
      return success(200, 1000, 'Server information fetched', [info])
    },

    'server.health': () => {
      const services = {
        database: { status: 'ok', databaseType: 'sqlite', version: '3.44.2', latencyMs: 1 },
        cache: { status: 'ok', cacheType: 'local', version: 'local' },
        storage: { status: 'ok', storageType: 'local', region: null },
        messageQueue: 'ok',
        fileSystem: 'ok',
        ffmpeg: 'ok',
        sharp: 'ok',
      }
      const health = { status: 'healthy', ...SERVICE, uptime: `${uptime()} seconds`, services, timestamp: seconds() }
      return success(200, 1000, 'All services healthy', [health])
    },

    'server.ready': () => {
      const names = ['database', 'cache', 'storage', 'messageQueue', 'fileSystem', 'ffmpeg', 'sharp']
      const dependencies = Object.fromEntries(names.map((name) => [name, true]))
      return success(200, 1000, 'Server is ready for traffic', [{ ready: true, dependencies, timestamp: seconds() }])
    },
  }
}

import type { State } from '../../state.ts'
import type { Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { failure, SESSION_STATUS, success } from './serialize.ts'

const PERIODS: readonly string[] = ['1h', '6h', '12h', '24h', '7d', '30d']
const INTERVALS: readonly string[] = ['1m', '5m', '15m', '30m', '1h']
const SERVICE = { serviceName: 'Warest API', serviceVersion: '0.3.44' } as const

/** What the server says about itself. Figures of the machine are invented and constant. */
export function serverHandlers(state: State): Record<string, Handler> {
  // a restart that was scheduled and has not happened yet, and the daily one
  const restarts = state.memory.part('warest/restarts', (): { pendingAt?: number; daily?: string | undefined } => ({}))
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
        process: {
          pid: 1,
          nodeVersion: 'v20.20.2',
          uptimeSeconds: uptime(),
          uptimeDays: `${uptime()} seconds`,
          memory: {
            rssMB: 154.79,
            heapTotalMB: 57.49,
            heapUsedMB: 49.8,
            externalMB: 20.89,
            arrayBuffersMB: 17.43,
            memoryUsagePercent: 0.64,
          },
          cpu: { userMs: 1786, systemMs: 129, idleMs: 270085, cpuUsagePercent: 0.7 },
        },
        disk: [{ mountPoint: '/', filesystem: 'ext4', totalMB: 100_000, usedMB: 25_000, freeMB: 75_000, usagePercent: 25 }],
        loadAverage: [0.5, 0.4, 0.3],
        temperature: [],
        timezone: 'UTC',
        runtime: [
          { name: 'WareST API', version: SERVICE.serviceVersion },
          { name: 'Node.js', version: 'v20.20.2' },
          { name: 'V8', version: '11.3.244.8-node.38' },
        ],
        ioStats: { readMBps: 0, writeMBps: 0 },
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

    'server.cpuHistory': ({ query }) => {
      const [period, interval] = [query.get('period') || '1h', query.get('interval') || '5m'].map((one) => one.toLowerCase()) as [
        string,
        string,
      ]
      if (!PERIODS.includes(period)) return failure(400, 2002, `Invalid period. Allowed values: ${PERIODS.join(', ')}`)
      if (!INTERVALS.includes(interval)) return failure(400, 2002, `Invalid interval. Allowed values: ${INTERVALS.join(', ')}`)
      const data = [{ timestamp: seconds(), usagePercent: 5 }]
      const history = { period, interval, data, averageUsagePercent: 5, maxUsagePercent: 5, timestamp: seconds() }
      return success(200, 1000, 'CPU history fetched', [history])
    },

    'server.restart': ({ body, query }) => {
      const now = state.clock.now()
      const started = restarts.pendingAt === undefined || restarts.pendingAt <= now
      if (started) {
        for (const session of state.sessions('warest').list()) {
          // the restarted process has forgotten its sessions
          session.settings.forgotten = true
          if (session.running) session.restart()
        }
        restarts.pendingAt = now + delayOf(body.delaySeconds ?? query.get('delaySeconds'))
      }
      const scheduledAt = new Date(restarts.pendingAt ?? now).toISOString()
      const result = { restartInitiated: started, scheduledAt, restartStrategy: 'docker', timestamp: seconds() }
      if (!started) return success(200, 1005, 'A restart is already pending', [result])
      return success(202, 1003, 'Restart scheduled via docker strategy', [result])
    },

    'server.scheduleRestart': ({ body, query }) => {
      const schedule = String(body.schedule ?? query.get('schedule') ?? '').trim()
      if (schedule === '') return failure(400, 2002, 'Schedule is required (HH:MM 24-hour format or 0 to cancel)')
      if (schedule === '0') {
        const message = restarts.daily === undefined ? 'No scheduled restart configured' : 'Scheduled restart cancelled'
        restarts.daily = undefined
        return success(200, 1005, message, [])
      }
      if (!/^([01]?\d|2[0-3]):[0-5]\d$/.test(schedule)) {
        return failure(400, 2002, 'Schedule must use HH:MM 24-hour format (e.g., 02:30)')
      }
      const timezone = textOf(body.timezone) ?? query.get('timezone') ?? 'UTC'
      if (!isTimezone(timezone)) return failure(400, 2002, 'Invalid timezone provided')
      restarts.daily = schedule.padStart(5, '0')
      const nextRestartAt = new Date(state.clock.now() + 24 * 3_600_000).toISOString()
      const result = { scheduledRestart: restarts.daily, timezone, nextRestartAt, timestamp: seconds() }
      return success(202, 1003, `Restart scheduled daily at ${restarts.daily} (${timezone})`, [result])
    },

    'server.ready': () => {
      const names = ['database', 'cache', 'storage', 'messageQueue', 'fileSystem', 'ffmpeg', 'sharp']
      const dependencies = Object.fromEntries(names.map((name) => [name, true]))
      return success(200, 1000, 'Server is ready for traffic', [{ ready: true, dependencies, timestamp: seconds() }])
    },
  }
}

/** The pause before a restart, ms: default 4 s, 1.5 s at least, 30 minutes at most. */
function delayOf(seconds: unknown): number {
  const given = Number(seconds ?? 4)
  return Math.min(Math.max(Number.isFinite(given) && given >= 0 ? given * 1000 : 4_000, 1_500), 30 * 60_000)
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

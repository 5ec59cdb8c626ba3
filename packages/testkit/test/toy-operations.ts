import type { Operation, OperationTable, Route } from '@wamux/core'

const session = { name: 'session', in: 'path', type: 'string', required: true } as const
const base = { audience: 'nobody', evidence: 'verified', resource: 'sessions', about: 'Made up.', produces: ['application/json'] } as const

type RouteName = 'list' | 'create' | 'get' | 'remove' | 'start' | 'stop' | 'logout' | 'qr' | 'code' | 'send'

export const routes: Readonly<Record<RouteName, Route>> = {
  list: { id: 'sessions.list', method: 'GET', path: '/sessions', safety: 'read' },
  create: { id: 'sessions.create', method: 'POST', path: '/sessions', safety: 'create' },
  get: { id: 'sessions.get', method: 'GET', path: '/sessions/{session}', safety: 'read' },
  remove: { id: 'sessions.delete', method: 'DELETE', path: '/sessions/{session}', safety: 'danger' },
  start: { id: 'sessions.start', method: 'POST', path: '/sessions/{session}/start', safety: 'converge' },
  stop: { id: 'sessions.stop', method: 'POST', path: '/sessions/{session}/stop', safety: 'converge' },
  logout: { id: 'sessions.logout', method: 'POST', path: '/sessions/{session}/logout', safety: 'danger' },
  qr: { id: 'sessions.qr', method: 'GET', path: '/sessions/{session}/qr', safety: 'read' },
  code: { id: 'sessions.code', method: 'POST', path: '/sessions/{session}/code', safety: 'create' },
  send: { id: 'messages.send', method: 'POST', path: '/messages', safety: 'send' },
}

function onSession(route: Route, label: string, capability: string): Operation {
  return { ...base, ...route, label, capability, parameters: [session] }
}

export const operations: OperationTable = {
  resources: [
    { name: 'sessions', label: 'Sessions' },
    { name: 'messages', label: 'Messages' },
  ],
  operations: {
    'sessions.list': { ...base, ...routes.list, label: 'List Sessions', capability: 'session.list' },
    'sessions.create': {
      ...base,
      ...routes.create,
      label: 'Create Session',
      capability: 'session.create',
      body: { required: true, kinds: [{ content: 'application/json', fields: [{ name: 'name', type: 'string', required: true }] }] },
    },
    'sessions.get': onSession(routes.get, 'Get Session', 'session.get'),
    'sessions.delete': onSession(routes.remove, 'Delete Session', 'session.delete'),
    'sessions.start': onSession(routes.start, 'Start Session', 'session.start'),
    'sessions.stop': onSession(routes.stop, 'Stop Session', 'session.stop'),
    'sessions.logout': onSession(routes.logout, 'Log Session Out', 'session.logout'),
    'sessions.qr': onSession(routes.qr, 'Get QR Code', 'session.qr'),
    'sessions.code': {
      ...onSession(routes.code, 'Get Pairing Code', 'session.requestPairingCode'),
      body: { required: true, kinds: [{ content: 'application/json', fields: [{ name: 'phone', type: 'string', required: true }] }] },
    },
    'messages.send': {
      ...base,
      ...routes.send,
      resource: 'messages',
      label: 'Send Text',
      capability: 'message.sendText',
      body: {
        required: true,
        kinds: [
          {
            content: 'application/json',
            fields: [
              { name: 'session', type: 'string', required: true },
              { name: 'to', type: 'string', required: true },
              { name: 'text', type: 'string', required: true },
              { name: 'mood', type: 'string', enum: ['glad', 'sad'] },
            ],
          },
        ],
      },
    },
  },
}

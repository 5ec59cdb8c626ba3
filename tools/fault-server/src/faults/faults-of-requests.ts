import type { Fault } from './fault.ts'
import { jsonError, reply } from './responses.ts'

/** Faults before the whole request was read, or before it was performed. */
export const requestFaults: readonly Fault[] = [
  { name: 'refused', moment: 'connecting', effect: false, act: () => undefined },
  { name: 'refused at first, then up', moment: 'connecting', effect: true, times: 1, act: () => undefined },
  { name: 'accepted, then reset', moment: 'accepted', effect: false, act: (on) => on.reset() },
  { name: 'accepted, then closed', moment: 'accepted', effect: false, act: (on) => on.close() },
  { name: 'accepted, then silent', moment: 'accepted', effect: false, act: (on) => on.stall() },
  { name: 'reset in the head of the request', moment: 'in the head', effect: false, act: (on) => on.reset() },
  { name: 'closed in the head of the request', moment: 'in the head', effect: false, act: (on) => on.close() },
  { name: 'silent in the head of the request', moment: 'in the head', effect: false, act: (on) => on.stall() },
  { name: 'reset in the body of the request', moment: 'in the body', effect: false, act: (on) => on.reset() },
  { name: 'closed in the body of the request', moment: 'in the body', effect: false, act: (on) => on.close() },
  { name: 'silent in the body of the request', moment: 'in the body', effect: false, act: (on) => on.stall() },
  {
    name: 'refused with 413 before the body was read',
    moment: 'after the head',
    effect: false,
    async act(on) {
      await on.write(reply('413 Content Too Large', 'application/json', jsonError('too large', on.heard), ['connection: close']))
      await on.drain()
    },
  },
  {
    name: 'refused with 413 before the body was read, then reset',
    moment: 'after the head',
    effect: false,
    async act(on) {
      await on.write(reply('413 Content Too Large', 'application/json', jsonError('too large', on.heard), ['connection: close']))
      on.reset()
    },
  },
  { name: 'reset before the effect', moment: 'request', effect: false, act: (on) => on.reset() },
  { name: 'closed before the effect', moment: 'request', effect: false, act: (on) => on.close() },
  {
    name: 'kept connection closed between two requests',
    moment: 'request',
    effect: true,
    times: 0,
    between: (on) => on.close(),
    act: () => undefined,
  },
  // a server does this when its idle timeout ends while the request is on its way
  {
    name: 'kept connection reset as the request begins',
    moment: 'in the head',
    effect: false,
    between: () => undefined,
    act: (on) => on.reset(),
  },
  {
    name: 'kept connection closed as the request begins',
    moment: 'in the head',
    effect: false,
    between: () => undefined,
    act: (on) => on.close(),
  },
  {
    name: 'kept connection with an answer that nobody asked for',
    moment: 'request',
    effect: false,
    between: (on) => on.write(reply('200 OK', 'application/json', '{"id":"stray"}')),
    act: (on) => on.reset(),
  },
  {
    name: 'kept connection with a second answer right behind the first',
    moment: 'request',
    effect: false,
    between: () => undefined,
    behind: reply('200 OK', 'application/json', '{"id":"stray"}'),
    act: (on) => on.reset(),
  },
]

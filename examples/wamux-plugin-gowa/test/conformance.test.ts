import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { answeringVerbs } from '../src/errors.ts'
import { createGowa, parseWebhook } from '../src/index.ts'
import { openGowaServer } from './gowa-server.ts'

conformance(
  { describe, it, expect },
  {
    plugin: createGowa,
    gateway: openGowaServer,
    parseWebhook,
    answeringVerbs,
    failures: [
      {
        name: 'an unknown device',
        kind: 'not_found',
        status: 500,
        body: { code: 'INTERNAL_SERVER_ERROR', message: 'device main not found', results: null },
        message: 'device main not found',
      },
    ],
  },
)

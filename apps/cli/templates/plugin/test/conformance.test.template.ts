import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { answeringVerbs } from '../src/errors.ts'
import { createAcme } from '../src/index.ts'
import { openAcmeServer } from './acme-server.ts'

conformance({ describe, it, expect }, { plugin: createAcme, gateway: openAcmeServer, answeringVerbs })

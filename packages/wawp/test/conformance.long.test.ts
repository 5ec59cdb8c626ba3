import { conformance } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { subject } from './subject.ts'

conformance({ describe, it, expect }, subject)

import { errorBodies } from './error-bodies.ts'

errorBodies(1_000)

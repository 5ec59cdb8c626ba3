import { errorBodies } from './error-bodies.ts'

// a share of error-bodies.long.test.ts
errorBodies(80)

import { defineConfig, mergeConfig } from 'vitest/config'
import long from '../../vitest.long.ts'

export default mergeConfig(long, defineConfig({ test: { globalSetup: ['test/build.ts'] } }))

import { defineConfig, mergeConfig } from 'vitest/config'
import long from '../../vitest.long.ts'

// each test starts processes and kills them: one file at a time is enough for any machine
export default mergeConfig(long, defineConfig({ test: { fileParallelism: false } }))

import { defineConfig, mergeConfig } from 'vitest/config'
import long from '../../vitest.long.ts'

// two browsers at once would measure each other
export default mergeConfig(long, defineConfig({ test: { fileParallelism: false } }))

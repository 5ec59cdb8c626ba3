import { defineConfig, mergeConfig } from 'vitest/config'
import long from '../../vitest.long.ts'

// each test starts processes and kills them: one file at a time is enough for any machine
const config = mergeConfig(long, defineConfig({ test: { fileParallelism: false } }))

// Vitest gives these conditions to Node as well, where "import" would also count for require() within pg
const withoutImport = (names: readonly string[] = []) => names.filter((name) => name !== 'import')
export default {
  ...config,
  ssr: { ...config.ssr, resolve: { ...config.ssr?.resolve, conditions: withoutImport(config.ssr?.resolve?.conditions) } },
}

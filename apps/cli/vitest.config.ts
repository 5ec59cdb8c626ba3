import { defineConfig, mergeConfig } from 'vitest/config'
import project from '../../vitest.project.ts'

export default mergeConfig(project, defineConfig({ test: { globalSetup: ['test/build.ts'], testTimeout: 60_000 } }))

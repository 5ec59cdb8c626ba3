import { defineConfig, mergeConfig } from 'vitest/config'
import project from '../../vitest.project.ts'

// n8n itself is not installed here: the tests that need all of it are in harness/ and e2e/
const alias = { 'n8n-workflow': new URL('test/n8n-workflow.ts', import.meta.url).pathname }

export default mergeConfig(project, defineConfig({ resolve: { alias } }))

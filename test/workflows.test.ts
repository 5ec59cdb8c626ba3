import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { files, read } from './workspace.ts'

interface Workflow {
  permissions?: Record<string, string>
  jobs: Record<string, Job>
}
interface Job {
  permissions?: Record<string, string>
  'timeout-minutes'?: number
  strategy?: { matrix: Record<string, unknown[]> }
  steps: { uses?: string; run?: string; env?: Record<string, string> }[]
}

const workflows = files
  .filter((file) => /^\.github\/workflows\/[^/]+\.yml$/.test(file))
  .map((file) => ({ file, text: read(file), workflow: parse(read(file)) as Workflow }))
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts
const steps = workflows.flatMap(({ file, workflow }) =>
  Object.values(workflow.jobs).flatMap((job) => job.steps.map((step) => ({ file, ...step }))),
)

describe('GitHub workflows', () => {
  it('pin every action by its commit', () => {
    const actions = steps.flatMap(({ uses }) => uses ?? [])
    expect(actions.length).toBeGreaterThan(5)
    expect(actions.filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([])
  })

  it('give no job more rights than it names, and no job for ever', () => {
    expect(workflows.filter(({ workflow }) => workflow.permissions === undefined).map(({ file }) => file)).toEqual([])
    const endless = workflows.flatMap(({ file, workflow }) =>
      Object.entries(workflow.jobs).flatMap(([name, job]) => (job['timeout-minutes'] ? [] : `${file} ${name}`)),
    )
    expect(endless).toEqual([])
  })

  it('test on three systems and three versions of Node', () => {
    const matrix = workflows.find(({ file }) => file.endsWith('/ci.yml'))?.workflow.jobs.test?.strategy?.matrix
    expect(matrix).toEqual({ os: ['ubuntu-latest', 'macos-latest', 'windows-latest'], node: [20, 22, 24] })
  })

  it('publish by OIDC, with provenance and without a token of npm', () => {
    for (const { file, text, workflow } of workflows.filter(({ text }) => text.includes('release:publish'))) {
      expect(text, file).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN/)
      for (const job of Object.values(workflow.jobs)) expect(job.permissions?.['id-token'], file).toBe('write')
      expect(text, file).toMatch(/NPM_CONFIG_PROVENANCE: (['"])true\1/)
    }
  })

  it('run commands that exist', () => {
    const used = [
      ...workflows
        .map(({ text }) => text)
        .join('\n')
        .matchAll(/npm (?:run ([\w:-]+)|(test)\b)/g),
    ].map(([, script, test]) => script ?? test ?? '')
    expect(used.length).toBeGreaterThan(4)
    expect([...new Set(used)].filter((name) => scripts[name] === undefined)).toEqual([])
  })
})

// Where each file of the repository is on the site. What is not here stays on GitHub, and links lead there.

export interface SitePage {
  /** Place on the site, without ending: `guide`, `gateways/waha`. */
  readonly page: string
  /** File of the repository. */
  readonly file: string
  /** Its name in the side bar. */
  readonly label: string
}

export interface Section {
  readonly label: string
  /** Generated pages, all in one folder. */
  readonly reference?: true
  readonly pages: readonly SitePage[]
}

const GATEWAYS = { waha: 'WAHA', wawp: 'Wawp', warest: 'WARest', sparkbot: 'SparkBot' }

/** The ids and names of the gateways. */
export const gateways: readonly (readonly [id: string, name: string])[] = Object.entries(GATEWAYS)

/** The pages that are written by hand, in the order of the side bar. @param decisions file names in docs/decisions */
export function handWritten(decisions: readonly { file: string; title: string }[]): readonly Section[] {
  return [
    {
      label: 'Start',
      pages: [
        { page: 'start', file: 'apps/cli/docs/first-five-minutes.md', label: 'The first five minutes' },
        { page: 'guide', file: 'docs/guide.md', label: 'Guide' },
        { page: 'examples', file: 'examples/README.md', label: 'Examples' },
        { page: 'emulator-film', file: 'docs/emulator-film.md', label: 'A WhatsApp of your own, in pictures' },
        { page: 'emulator-time-and-state', file: 'docs/emulator-time-and-state.md', label: 'Emulator: time, state and scenarios' },
        { page: 'compatibility', file: 'docs/compatibility.md', label: 'Where it runs' },
      ],
    },
    {
      label: 'Gateways',
      pages: [
        ...gateways.map(([id, label]) => ({ page: `gateways/${id}`, file: `docs/gateways/${id}.md`, label })),
        { page: 'capabilities', file: 'docs/capabilities.md', label: 'Which gateway has which verb' },
        { page: 'adding-a-gateway', file: 'docs/adding-a-gateway.md', label: 'Adding a gateway' },
      ],
    },
    {
      label: 'What to know',
      pages: [
        { page: 'errors', file: 'docs/errors.md', label: 'Errors and retries' },
        { page: 'webhooks', file: 'docs/webhooks.md', label: 'Webhooks and events' },
        { page: 'outbox', file: 'docs/outbox.md', label: 'Outbox' },
        { page: 'security', file: 'docs/security.md', label: 'Security' },
      ],
    },
    {
      label: 'Tools',
      pages: [
        { page: 'cli', file: 'apps/cli/README.md', label: 'Command line' },
        { page: 'mcp', file: 'docs/mcp.md', label: 'AI agents (MCP)' },
        { page: 'n8n', file: 'apps/n8n/README.md', label: 'n8n' },
        { page: 'n8n-from-another-node', file: 'apps/n8n/docs/coming-from-another-node.md', label: 'n8n: from another node' },
        { page: 'emulator', file: 'packages/emulator/README.md', label: 'Emulator' },
        { page: 'emulator-faults', file: 'docs/emulator-faults.md', label: 'Emulator: unhappy days' },
        { page: 'emulator-coverage', file: 'docs/emulator-coverage.md', label: 'Emulator: what is played' },
        { page: 'codegen', file: 'packages/codegen/README.md', label: 'Generator' },
        { page: 'testkit', file: 'packages/testkit/README.md', label: 'Conformance suite' },
        { page: 'node-transport', file: 'packages/node-transport/README.md', label: 'Transport for Node' },
      ],
    },
    {
      label: 'Inside',
      pages: [
        { page: 'architecture', file: 'docs/architecture.md', label: 'Architecture' },
        { page: 'openapi-documents', file: 'docs/openapi-documents.md', label: 'OpenAPI documents' },
        { page: 'updating-a-spec', file: 'docs/updating-a-spec.md', label: 'A new version of a gateway' },
        { page: 'contributing', file: 'CONTRIBUTING.md', label: 'Contributing' },
        { page: 'decisions/index', file: 'docs/decisions/README.md', label: 'Decisions' },
        ...decisions.map(({ file, title }) => ({
          page: `decisions/${file.replace('.md', '')}`,
          file: `docs/decisions/${file}`,
          label: title,
        })),
      ],
    },
  ]
}

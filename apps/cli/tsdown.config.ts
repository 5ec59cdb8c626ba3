import { join } from 'node:path'
import type { UserConfig } from 'tsdown'
import { COMMENTS_ON_NODE, library, ON_NODE } from '../../tsdown.base.ts'

/** Opening a file takes about as long as reading it, so files that are always used together become one: name of the file -> its parts. */
const CHUNKS: Readonly<Record<string, RegExp>> = {
  start:
    /rolldown.runtime|src.(main|router.(registry|aliases|route|print-help)|commands.help.help|help.(layout|topics)|command.(parse-args|values|context|case|flags)|errors.[\w-]+|terminal.(terminal|direct-output|guarded-terminal|map-texts|visible-text|node-fs)|gateway.(plugins|plugin-manifest|plugin-packages|modules-folders|config-folders|trusted-folders|variables)|output.(output-options|render|fields)|print.(json|text-width|table|shell-quote))\.(ts|js)$/,
  calls:
    /src.(gateway.(connection|profile-store)|terminal.progress-line|command.(read-sources|confirm|subject)|operation.(consent|table-cache|secret-answer|secret-fields|names|fields|flags|values|print-response)|verb.(verb-commands|run|input|input-specs|show|default-session|hide-secrets)|request.captured-request|commands.session.(group|verbs|session-qr|supervise-command)|print.session|commands.gateway.(command|run|input)|output.plain-data)\.ts$|node-transport.src.[\w/-]+\.ts$/,
}

/** What the bundler makes the exports of a module with that is imported on demand and stands in a file with others. */
const EXPORT_ALL = `const __exportAll = (all) => {
	const exports = { [Symbol.toStringTag]: "Module" };
	for (const name in all) Object.defineProperty(exports, name, { get: all[name], enumerable: true });
	return exports;
};
`

const common: UserConfig = {
  ...library,
  platform: 'node',
  target: 'node20.19',
  dts: false,
  sourcemap: false,
  minify: ON_NODE,
  // a part of core that the router needs, and the transport of every request: bundled, as each file more takes time at every start
  alias: {
    '@wamux/core/nearest-word': join(import.meta.dirname, '../../packages/core/src/errors/nearest-word.ts'),
    '@wamux/node-transport': join(import.meta.dirname, '../../packages/node-transport/src/index.ts'),
  },
  // libraries are bundled (THIRD-PARTY.md); gateways, emulator and keychain are whatever is installed
  deps: {
    alwaysBundle: [
      '@wamux/core/nearest-word',
      '@wamux/node-transport',
      'uqr',
      'yaml',
      '@michaelhomer/jqjs',
      /^@clack\//,
      /^@modelcontextprotocol\//,
      'zod',
      'sisteransi',
      /^fast-/,
    ],
    neverBundle: [/^@wamux\/(?!core\/nearest-word$|node-transport$)/, '@napi-rs/keyring'],
  },
}

const config: readonly UserConfig[] = [
  {
    ...common,
    entry: { bin: 'src/bin.ts' },
    outputOptions: {
      preserveEntrySignatures: false,
      comments: COMMENTS_ON_NODE,
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: Object.entries(CHUNKS).map(([name, test]) => ({ name, test })),
      },
    },
    plugins: [
      {
        // the bundler keeps its helpers in a file of their own, and every start would load it for this one
        name: 'export-all-in-place',
        renderChunk: (code) => code.replace(/^import \{ \w+ as __exportAll \} from "\.\/rolldown-runtime[^"]*";\n/m, EXPORT_ALL),
      },
      {
        name: 'completion-apart',
        resolveId: (id) => (id.endsWith('/answer-completion.ts') ? { id: './completion.js', external: 'absolute' } : undefined),
      },
    ],
  },
  // what shells call at every press of the tab key: one file, which shares nothing with the others
  {
    ...common,
    entry: { completion: 'src/router/answer-completion.ts' },
    clean: false,
    outputOptions: { codeSplitting: false, comments: COMMENTS_ON_NODE },
  },
]

export default config

import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

/** Opening a file takes about as long as reading it, so files that are always used together become one: name of the file -> its parts. */
const CHUNKS: Readonly<Record<string, RegExp>> = {
  // also what shell completion needs
  found:
    /src.(gateway.(plugin-packages|modules-folders|config-folders|trusted-folders)|terminal.(visible-text|node-fs)|command.flags|help.topics|event.triggered-events|router.answer-completion|commands.completion.(complete|operation-names)|generated.command-index)\.ts$/,
  start:
    /src.(main|router.(registry|aliases|route|print-help)|commands.help.help|help.layout|command.(parse-args|values|context|case)|errors.[\w-]+|terminal.(terminal|guarded-terminal|map-texts)|gateway.(plugins|plugin-manifest|variables)|output.(output-options|render|fields)|print.(json|text-width|table|shell-quote))\.ts$/,
  calls:
    /src.(gateway.(connection|profile-store)|terminal.progress-line|command.(read-sources|confirm|subject)|operation.(consent|secret-answer|secret-fields)|verb.(verb-commands|run|input|input-specs|show|default-session|hide-secrets)|request.captured-request)\.ts$/,
  sessions: /src.(commands.session.(group|verbs|session-qr|supervise-command)|print.session)\.ts$/,
  operation: /src.(commands.gateway.(command|run|input)|operation.(names|fields|flags|values|print-response)|output.plain-data)\.ts$/,
}

const config: UserConfig = {
  ...library,
  entry: { bin: 'src/bin.ts' },
  platform: 'node',
  target: 'node20.19',
  dts: false,
  sourcemap: false,
  outputOptions: {
    preserveEntrySignatures: false,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: Object.entries(CHUNKS).map(([name, test]) => ({ name, test })),
    },
  },
  minify: { compress: true, mangle: false, codegen: false },
  // libraries are bundled (THIRD-PARTY.md); gateways, emulator and keychain are whatever is installed
  deps: {
    alwaysBundle: ['uqr', 'yaml', '@michaelhomer/jqjs', /^@clack\//, /^@modelcontextprotocol\//, 'zod', 'sisteransi', /^fast-/],
    neverBundle: [/^@wamux\//, '@napi-rs/keyring'],
  },
}

export default config

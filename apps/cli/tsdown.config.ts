import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

/** Every file takes as long to open as a good part of it to read: what is used together lies together. */
const CHUNKS: Readonly<Record<string, RegExp>> = {
  found: /src.(plugins.(packages|places)|profiles.folders|topics.names)\.ts$/,
  start:
    /src.((main|args|command|commands|route|did-you-mean|usage-error|exit-codes|terminal|words|help)\.ts|plugins.installed\.ts|output.(wanted|render|fields)\.ts|print.(json|text-width|table)\.ts)$/,
  calls:
    /src.((connection|live|sources|confirm)\.ts|events.groups\.ts|verbs.(commands|run|input|input-specs|verb-spec|show)\.ts|request.trial\.ts|profiles.store\.ts)$/,
  sessions: /src.(verbs.session|print.session|print.session-qr)\.ts$/,
  native: /src.(native.(command|fields|flags|run|input|values|danger)|output.plain-data)\.ts$/,
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

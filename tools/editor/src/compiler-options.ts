import ts from 'typescript'

/** How programs are read here: as an editor reads one that imports the sources of the workspace. */
export const COMPILER_OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  customConditions: ['@wamux/source'],
  skipLibCheck: true,
  types: [],
}

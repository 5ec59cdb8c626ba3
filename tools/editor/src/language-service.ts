import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { COMPILER_OPTIONS } from './compiler-options.ts'

/** What an editor shows for one place of a program. */
export interface Hover {
  /** The declaration on one line: `(method) get(input: SessionRef): Promise<SessionInfo<SchemaSession>>`. */
  readonly text: string
  readonly documentation: string
  /** Each tag on one line: `@throws {GatewayError} …`. */
  readonly tags: readonly string[]
}

/** A program in an editor. */
export interface EditedProgram {
  /**
   * What is shown over the last word of a text.
   *
   * @throws {Error} when the program does not contain the text
   */
  hover(at: string): Hover
  /** The messages of all errors. */
  errors(): string[]
}

// the program stands in this package, so that it imports wamux as any other package does
const FILE = fileURLToPath(new URL('./program.ts', import.meta.url))

/** Opens a program; its imports are read from the workspace. */
export function openProgram(source: string): EditedProgram {
  const service = ts.createLanguageService({
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const text = file === FILE ? source : ts.sys.readFile(file)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getCompilationSettings: () => COMPILER_OPTIONS,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => file === FILE || ts.sys.fileExists(file),
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath ? { realpath: ts.sys.realpath } : {}),
  })
  return {
    hover(at) {
      const start = source.indexOf(at)
      if (start < 0) throw new Error(`the program has no "${at}"`)
      const info = service.getQuickInfoAtPosition(FILE, start + at.length - 1)
      return {
        text: ts.displayPartsToString(info?.displayParts).replaceAll(/\s+/g, ' '),
        documentation: ts.displayPartsToString(info?.documentation),
        tags: (info?.tags ?? []).map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`.replaceAll(/\s+/g, ' ').trim()),
      }
    },
    errors: () => service.getSemanticDiagnostics(FILE).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  }
}

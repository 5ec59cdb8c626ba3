import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { COMPILER_OPTIONS } from './compiler-options.ts'

/** What is documented of one export of a package, or of one method or property of an exported interface or class. */
export interface PublicName {
  /** `@wamux/core createTransport`, or `@wamux/core SessionVerbs.stop` for a member. */
  readonly name: string
  /** `packages/core/src/request/transport.ts:98` */
  readonly place: string
  readonly kind: 'export' | 'method' | 'property'
  /** The text of its doc comment, without tags. */
  readonly text: string
  /** The text of every `@throws` tag. */
  readonly throws: readonly string[]
  /** A `throw` of its own body, or a sentence of its doc comment, says that it throws. */
  readonly mayThrow: boolean
  /** Names of its parameters, for a function. A parameter that is taken apart has no name, and counts as `options`. */
  readonly parameters: readonly string[]
  /** Those of the parameters that no `@param` describes. */
  readonly undescribed: readonly string[]
}

/**
 * Reads the doc comments of everything that packages export.
 *
 * @param root folder of the repository
 * @param folders packages relative to it: `packages/core`
 * @param overlay texts that stand in for files, by absolute path
 * @returns each declaration once, however many packages and entries export it; generated declarations are left out
 */
export function readPublicNames(root: string, folders: readonly string[], overlay: ReadonlyMap<string, string> = new Map()): PublicName[] {
  const entries = folders.flatMap((folder) => entriesOf(root, folder))
  const host = ts.createCompilerHost(COMPILER_OPTIONS, true)
  const { readFile } = host
  host.readFile = (file) => overlay.get(file) ?? readFile.call(host, file)
  const program = ts.createProgram({ rootNames: entries.map(({ file }) => file), options: COMPILER_OPTIONS, host })
  const checker = program.getTypeChecker()
  const seen = new Set<ts.Node>()
  return entries.flatMap(({ name, file }) => {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    if (!module) throw new Error(`${file} exports nothing`)
    return checker.getExportsOfModule(module).flatMap((symbol) => namesOf(root, checker, name, symbol, seen))
  })
}

function entriesOf(root: string, folder: string): { name: string; file: string }[] {
  const { name, exports = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    name: string
    exports?: Record<string, string | Record<string, string>>
  }
  const sources = Object.values(exports).map((target) => (typeof target === 'string' ? undefined : target['@wamux/source']))
  return sources.filter((source) => source !== undefined).map((source) => ({ name, file: join(root, folder, source) }))
}

function namesOf(root: string, checker: ts.TypeChecker, owner: string, symbol: ts.Symbol, seen: Set<ts.Node>): PublicName[] {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const declaration = target.declarations?.[0]
  const file = declaration?.getSourceFile().fileName ?? ''
  if (!declaration || !file.startsWith(root) || /\/generated\/|\/node_modules\//.test(file) || seen.has(declaration)) return []
  seen.add(declaration)
  const name = `${owner} ${symbol.name}`
  const members =
    ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration)
      ? [...declaration.members].flatMap((member) => memberOf(root, checker, name, member))
      : []
  return [describe(root, checker, name, 'export', target, declaration), ...members]
}

function memberOf(root: string, checker: ts.TypeChecker, owner: string, member: ts.TypeElement | ts.ClassElement): PublicName[] {
  const symbol = member.name && checker.getSymbolAtLocation(member.name)
  const hidden = ts.canHaveModifiers(member) && member.modifiers?.some((one) => one.kind === ts.SyntaxKind.PrivateKeyword)
  if (!symbol || !member.name || ts.isPrivateIdentifier(member.name) || hidden) return []
  const method = ts.isMethodSignature(member) || ts.isMethodDeclaration(member)
  return [describe(root, checker, `${owner}.${symbol.name}`, method ? 'method' : 'property', symbol, member)]
}

function describe(
  root: string,
  checker: ts.TypeChecker,
  name: string,
  kind: PublicName['kind'],
  symbol: ts.Symbol,
  node: ts.Declaration,
): PublicName {
  const source = node.getSourceFile()
  const { line } = source.getLineAndCharacterOfPosition(node.getStart())
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker))
  const tags = symbol.getJsDocTags(checker).map((tag) => ({ name: tag.name, text: ts.displayPartsToString(tag.text) }))
  const described = tags.filter((tag) => tag.name === 'param').map((tag) => tag.text.split(/\s/, 1)[0])
  const parameters = parametersOf(node)
  return {
    name,
    place: `${source.fileName.slice(root.length + 1)}:${line + 1}`,
    kind,
    text,
    throws: tags.filter((tag) => tag.name === 'throws').map((tag) => tag.text),
    mayThrow: throwsItself(node) || (kind !== 'property' && /\bthrows\b/i.test(text.replace(/\b(never|verbs) throws?\b/gi, ''))),
    parameters,
    undescribed: undescribedOf(node, parameters, described),
  }
}

/** A parameter that is taken apart may be described under any name, so for such a function only the number of tags counts. */
function undescribedOf(node: ts.Node, parameters: readonly string[], described: readonly (string | undefined)[]): readonly string[] {
  const patterns = ts.isFunctionLike(node) && node.parameters.some(({ name }) => !ts.isIdentifier(name))
  if (patterns && described.length >= parameters.length) return []
  return parameters.filter((parameter) => !described.includes(parameter))
}

function parametersOf(node: ts.Node): string[] {
  if (!ts.isFunctionLike(node)) return []
  return node.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : 'options'))
}

/** True when a function's own statements throw. What the functions inside it throw is theirs. */
function throwsItself(node: ts.Node): boolean {
  const body = ts.isFunctionLike(node) && 'body' in node ? node.body : undefined
  const visit = (part: ts.Node): boolean =>
    ts.isThrowStatement(part) || (!ts.isFunctionLike(part) && (ts.forEachChild(part, visit) ?? false))
  return body ? visit(body) : false
}

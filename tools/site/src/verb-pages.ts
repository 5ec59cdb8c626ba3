import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from '@wamux/core'
import ts from 'typescript'
import { plain, table } from './markdown.ts'

/** One portable verb as its doc comment describes it. */
interface Verb {
  readonly name: string
  readonly text: string
  readonly inputs: readonly (readonly [name: string, type: string, about: string])[]
  readonly returns: string
  readonly throws: readonly string[]
}

interface Namespace {
  readonly name: string
  readonly text: string
  readonly verbs: readonly Verb[]
}

/**
 * The reference of the portable verbs: a page for each namespace, from the doc comments of core's vocabulary.
 *
 * @param root folder of the repository
 * @param manifests of the gateways, for who has what
 * @returns Markdown, by its place on the site
 */
export function verbPages(root: string, manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const namespaces = readNamespaces(join(root, 'packages/core/src/vocabulary'))
  const pages = new Map<string, string>()
  for (const { name, text, verbs } of namespaces) {
    const who = (verb: string) => manifests.filter(({ capabilities }) => Object.hasOwn(capabilities, `${name}.${verb}`))
    const sections = verbs
      .filter((verb) => who(verb.name).length > 0)
      .map((verb) =>
        section(
          name,
          verb,
          who(verb.name).map((one) => one.name),
        ),
      )
    pages.set(`verbs/${name}`, `# ${name}\n\n${plain(text)}\n\n${sections.join('\n')}`)
  }
  const rows = namespaces.map(({ name, verbs }) => [`[${name}](/verbs/${name})`, verbs.map((verb) => `\`${verb.name}\``).join(', ')])
  const intro = '# Portable verbs\n\nThe same on every gateway that has them. [Which gateway has which verb](/capabilities).\n\n'
  pages.set('verbs/index', intro + table(['Namespace', 'Verbs'], rows))
  return pages
}

function section(namespace: string, verb: Verb, gateways: readonly string[]): string {
  const title = `${namespace}.${verb.name}`
  return [
    `## ${title} {#${verb.name}}\n\n`,
    `${plain(verb.text)}\n\n`,
    `On ${gateways.join(', ')}.\n\n`,
    table(
      ['Input', 'Type', 'What it is'],
      verb.inputs.map(([name, type, about]) => [`\`${name}\``, `\`${type}\``, about]),
    ),
    verb.returns ? `**Returns** ${plain(verb.returns)}.\n\n` : '',
    verb.throws.length > 0 ? `**Throws** \`GatewayError\` of kind\n\n${verb.throws.map((one) => `- ${plain(one)}\n`).join('')}\n` : '',
  ].join('')
}

function readNamespaces(folder: string): Namespace[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(name))
  const program = ts.createProgram(
    files.map((name) => join(folder, name)),
    {
      allowImportingTsExtensions: true,
      noEmit: true,
      strict: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    },
  )
  const checker = program.getTypeChecker()
  const found: Namespace[] = []
  for (const name of files) {
    const source = program.getSourceFile(join(folder, name))
    for (const statement of source?.statements ?? []) {
      if (!ts.isInterfaceDeclaration(statement) || !/^[A-Z]\w+Verbs$/.test(statement.name.text) || statement.typeParameters) continue
      const verbs = statement.members.filter(ts.isMethodSignature).map((member) => verbOf(checker, member))
      const symbol = checker.getSymbolAtLocation(statement.name)
      const text = ts.displayPartsToString(symbol?.getDocumentationComment(checker))
      const word = statement.name.text.replace(/Verbs$/, '')
      if (verbs.length > 0) found.push({ name: word.charAt(0).toLowerCase() + word.slice(1), text, verbs })
    }
  }
  return found.sort((one, other) => one.name.localeCompare(other.name))
}

function verbOf(checker: ts.TypeChecker, member: ts.MethodSignature): Verb {
  const symbol = checker.getSymbolAtLocation(member.name)
  const tags = (symbol?.getJsDocTags(checker) ?? []).map((tag) => ({ name: tag.name, text: ts.displayPartsToString(tag.text) }))
  const input = member.parameters[0]
  const type = input && checker.getNonNullableType(checker.getTypeAtLocation(input))
  return {
    name: member.name.getText(),
    text: ts.displayPartsToString(symbol?.getDocumentationComment(checker)),
    inputs: (type ? checker.getPropertiesOfType(type) : []).map((one) => inputOf(checker, one)),
    returns: tags.find((tag) => tag.name === 'returns')?.text ?? '',
    throws: tags.filter((tag) => tag.name === 'throws').map((tag) => tag.text.replace(/^\{?GatewayError\}?\s*/, '')),
  }
}

function inputOf(checker: ts.TypeChecker, one: ts.Symbol): readonly [string, string, string] {
  const declaration = one.valueDeclaration ?? one.declarations?.[0]
  const optional = (one.flags & ts.SymbolFlags.Optional) !== 0
  const type = declaration ? checker.typeToString(checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(one, declaration))) : ''
  return [optional ? `${one.name}?` : one.name, type, ts.displayPartsToString(one.getDocumentationComment(checker))]
}

import { GLOBAL_FLAGS } from '../../command/flags.ts'
import { EXIT_MEANINGS } from '../../errors/exit-codes.ts'
import { baseUrlVariable } from '../../gateway/variables.ts'
import { flagPairs, type HelpView, list, section } from '../../help/layout.ts'
import { TOPICS } from '../../help/topics.ts'
import { wrapText } from '../../print/text-width.ts'
import { paragraphs, type TopicParts } from './topic-texts.ts'

/** `wamux help NAME` */
export async function topicText(name: string, view: HelpView): Promise<string> {
  if (name === 'exit-codes') return exitCodes(view)
  if (name === 'topics') return list('wamux help NAME', Object.entries(TOPICS), view)
  const parts = Object.hasOwn(paragraphs, name) ? (paragraphs[name] ?? []) : []
  const text = parts.map((part) => partText(part, view))
  if (name === 'environment') text.splice(1, 0, await gatewayVariables(view))
  if (name === 'output') text.push(list('Flags', flagPairs(pick(['json', 'jq', 'output', 'quiet', 'no-color'])), view))
  return text.join('\n')
}

function partText(part: TopicParts, view: HelpView): string {
  if (typeof part === 'string') return `${wrapText(part, view.width).join('\n')}\n`
  if ('lines' in part) return section(part.title, part.lines, view)
  return list(part.title, part.entries, view)
}

function exitCodes(view: HelpView): string {
  return [
    'Scripts can rely on these: they never change their meaning.\n',
    list(
      'Exit codes',
      EXIT_MEANINGS.map(([code, meaning]) => [String(code), meaning] as const),
      view,
    ),
    section(
      'Examples',
      [
        'wamux message send-text default +4915112345678 "Hi"',
        'case $? in',
        '  0) echo sent ;;',
        '  8) echo "look at the chat before you send it again" ;;',
        '  *) echo "not sent" ;;',
        'esac',
      ],
      view,
    ),
  ].join('\n')
}

/** The environment variables of the installed gateways, from their manifests. */
async function gatewayVariables(view: HelpView): Promise<string> {
  const manifests = (await view.plugins.all()).flatMap((one) => ('manifest' in one ? [one.manifest] : []))
  const entries = manifests.flatMap(({ id, name, api, credentials }) => [
    [baseUrlVariable(id), `where ${name} is${api.defaultBaseUrl ? `; default ${api.defaultBaseUrl}` : ''}`] as const,
    ...credentials.map((one) => [one.env, `${name}: ${one.label}${one.secret ? ', a secret' : ''}`] as const),
  ])
  return entries.length > 0
    ? list('Gateways', entries, view)
    : section('Gateways', ['No plugin is installed: wamux plugins add waha'], view)
}

function pick(names: readonly string[]) {
  return Object.fromEntries(names.flatMap((name) => (GLOBAL_FLAGS[name] ? [[name, GLOBAL_FLAGS[name]]] : [])))
}

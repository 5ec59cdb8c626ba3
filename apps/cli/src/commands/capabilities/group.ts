import type { Capability, VerbId } from '@wamux/core'
import { kebabCase } from '../../command/case.ts'
import type { CommandGroup } from '../../command/command.ts'
import { didYouMean } from '../../errors/did-you-mean.ts'
import { UsageError } from '../../errors/usage-error.ts'
import type { Column } from '../../print/table.ts'
import { table } from '../../print/table.ts'

/** One verb, and how each gateway has it. */
interface Row {
  readonly verb: VerbId
  readonly gateways: Readonly<Record<string, Omit<Capability, 'verb'>>>
}

export const group: CommandGroup = {
  commands: {},
  bare: {
    about: 'which of the installed gateways has which verb',
    details:
      'native: one operation of the gateway. composed: several operations together. ~ marks what is inferred and was not seen to work. Empty: absent; wamux calls no other verb in its place. Nothing is sent.',
    args: { namespace: { about: 'only these verbs: session, message, chat, …' } },
    examples: ['wamux capabilities', 'wamux capabilities group', 'wamux capabilities --gateway warest --json'],
    async run({ values, plugins, paint, columns, printResult, say }) {
      const { capabilitiesOf, verbIds, verbs } = await import('@wamux/core')
      const namespace = values.text('namespace')
      if (namespace !== undefined && !Object.hasOwn(verbs, namespace)) {
        const near = didYouMean(namespace, Object.keys(verbs))
        throw new UsageError(
          `There is no namespace "${namespace}".`,
          near ? `Did you mean ${near}?` : `There are ${Object.keys(verbs).join(', ')}.`,
        )
      }
      const only = values.text('gateway')
      const installed = (await plugins.all()).flatMap((one) => ('manifest' in one ? [one.manifest] : []))
      const manifests = only === undefined ? installed : [await plugins.manifest(only)]
      if (manifests.length === 0) throw new UsageError('No plugin of a gateway is installed.', 'wamux plugins add waha')
      const ids = verbIds().filter((id) => namespace === undefined || id.startsWith(`${namespace}.`))
      const cells = manifests.map(
        (manifest) => [manifest.id, new Map(capabilitiesOf(manifest, ids).map((one) => [one.verb, one]))] as const,
      )
      const rows = ids.map((verb): Row => {
        const own = cells.map(([id, map]) => {
          const { verb: _, ...capability } = map.get(verb) ?? { verb, support: 'absent' as const }
          return [id, capability] as const
        })
        return { verb, gateways: Object.fromEntries(own) }
      })
      const shown: readonly Column<Row>[] = [
        { title: 'COMMAND', text: ({ verb }) => verb.split('.').map(kebabCase).join(' '), paint: (cell, _row, { bold }) => bold(cell) },
        ...manifests.map(
          ({ id, name }): Column<Row> => ({
            title: name.toUpperCase(),
            text: ({ gateways }) => cellText(gateways[id]),
            paint: (cell, { gateways }, { green, yellow }) => (gateways[id]?.support === 'native' ? green(cell) : yellow(cell)),
          }),
        ),
      ]
      await printResult({ data: rows, text: () => table(rows, shown, paint, columns) })
      if (only === undefined && manifests.length === 1) say('Other gateways: wamux plugins')
      return undefined
    },
  },
}

function cellText(capability: Omit<Capability, 'verb'> | undefined): string {
  if (!capability || capability.support === 'absent') return ''
  return `${capability.support}${capability.evidence === 'verified' ? '' : ' ~'}`
}

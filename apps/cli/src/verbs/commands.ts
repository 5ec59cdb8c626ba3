import type { VerbId } from '@wamux/core'
import type { Command } from '../command.ts'
import { installedManifests } from '../gateways.ts'
import { runVerb } from '../run-verb.ts'
import type { AnyVerbSpec, VerbSpecs } from './verb-spec.ts'

/** `requestPairingCode` -> `request-pairing-code` */
export function wordOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** The commands of a namespace: every verb of its table under its word. */
export function verbCommands<Namespace extends string>(namespace: Namespace, specs: VerbSpecs<Namespace>): Record<string, Command> {
  const commands: Record<string, Command> = {}
  // a table's own types end here: what `input` makes is what the verb takes, and `print` what it gives
  for (const [name, spec] of Object.entries(specs as unknown as Readonly<Record<string, AnyVerbSpec>>)) {
    const id = `${namespace}.${name}` as VerbId
    commands[wordOf(name)] = {
      ...spec,
      ...(spec.danger ? { flags: { ...spec.flags, yes: { about: 'do not ask' } } } : {}),
      more: () => gatewaysWith(id),
      run: (context) => runVerb(id, spec, context),
    }
  }
  return commands
}

async function gatewaysWith(id: VerbId): Promise<string | undefined> {
  const manifests = await installedManifests()
  const names = (has: boolean) => manifests.filter(({ capabilities }) => id in capabilities === has).map(({ name }) => name)
  const [having, lacking] = [names(true), names(false)]
  if (having.length + lacking.length === 0) return undefined
  return lacking.length === 0 ? `On ${having.join(', ')}.` : `On ${having.join(', ') || 'no gateway'}; not on ${lacking.join(', ')}.`
}

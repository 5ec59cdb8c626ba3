import type { VerbId } from '@wamux/core'
import { kebabCase } from '../command/case.ts'
import type { Command, CommandGroup } from '../command/command.ts'
import { CALL_FLAGS, CONFIRM_FLAGS } from '../command/flags.ts'
import type { Plugins } from '../gateway/plugins.ts'
import { argsAndFlags } from './input.ts'
import type { AnyVerbSpec, VerbSpec, VerbSpecs } from './verb-spec.ts'

/** A first word of the command line that has the verbs of a namespace and nothing else. */
export function verbGroup<Namespace extends string>(namespace: Namespace, specs: VerbSpecs<Namespace>): CommandGroup {
  return { commands: verbCommands(namespace, specs) }
}

/** The commands of a namespace: each verb of its table, by its name in kebab case. */
export function verbCommands<Namespace extends string>(namespace: Namespace, specs: VerbSpecs<Namespace>): Record<string, Command> {
  const commands: Record<string, Command> = {}
  // each entry is typed for its own verb; a loop over all of them cannot be, so the types are dropped here
  for (const [name, spec] of Object.entries(specs as unknown as Readonly<Record<string, AnyVerbSpec>>)) {
    commands[kebabCase(name)] = commandOf(`${namespace}.${name}` as VerbId, spec)
  }
  return commands
}

/** One verb as a command. */
export function verbCommand<Id extends VerbId>(id: Id, spec: VerbSpec<Id>): Command {
  return commandOf(id, spec as unknown as AnyVerbSpec)
}

function commandOf(id: VerbId, spec: AnyVerbSpec): Command {
  const { args, flags } = argsAndFlags(spec.input)
  return {
    about: spec.about,
    ...(spec.details ? { details: spec.details } : {}),
    args,
    flags: { ...flags, ...spec.flags, ...CALL_FLAGS, ...(spec.danger ? CONFIRM_FLAGS : {}) },
    examples: spec.examples,
    extraHelp: (plugins) => gatewaysWith(id, plugins),
    run: async (context) => (await import('./run.ts')).runVerb(id, spec, context),
  }
}

async function gatewaysWith(id: VerbId, plugins: Plugins): Promise<string | undefined> {
  const manifests = (await plugins.all()).flatMap((one) => ('manifest' in one ? [one.manifest] : []))
  const names = (has: boolean) => manifests.filter(({ capabilities }) => id in capabilities === has).map(({ name }) => name)
  const [having, lacking] = [names(true), names(false)]
  if (having.length + lacking.length === 0) return undefined
  const inferred = manifests.filter(({ evidence }) => evidence?.[id] !== undefined && evidence[id] !== 'verified').map(({ name }) => name)
  const seen = inferred.length > 0 ? ` Inferred on ${inferred.join(', ')}: never seen to work there.` : ''
  const on = having.join(', ') || 'no gateway that is installed'
  return `On ${on}${lacking.length === 0 ? '' : `; not on ${lacking.join(', ')}`}.${seen}`
}

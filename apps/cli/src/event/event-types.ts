import type { EventType } from '@wamux/core'
import { didYouMean } from '../errors/did-you-mean.ts'
import { UsageError } from '../errors/usage-error.ts'

/** Reads `--events`. @throws UsageError for an unknown type */
export async function typesFrom(text: string | undefined): Promise<readonly EventType[] | undefined> {
  if (text === undefined) return undefined
  const { eventTypes } = await import('@wamux/core')
  const known: readonly string[] = eventTypes
  return text.split(',').map((one) => {
    if (known.includes(one)) return one as EventType
    const near = didYouMean(one, known)
    throw new UsageError(`There is no type of event "${one}".`, near ? `Did you mean ${near}?` : 'See: wamux events types')
  })
}

import type { Operation } from '@wamux/core'
import { operationValue } from '../../src/controls/operation-value.ts'
import { inCapitals } from '../words/words.ts'

/** What a person has to know before an operation runs. */
export interface Notice {
  readonly name: string
  readonly text: string
  /** The operations that show it. */
  readonly names: string[]
}

/** The notices of a resource's operations. */
export function notices(operations: readonly Operation[]): Notice[] {
  const groups = [
    {
      name: 'dangerNotice',
      text: 'This cannot be undone.',
      of: operations.filter((one) => one.safety === 'danger'),
    },
    {
      name: 'evidenceNotice',
      text: 'Method and path are inferred: the documents of the gateway that were seen do not show them. A wrong path can be corrected in the options.',
      of: operations.filter((one) => one.evidence !== 'verified'),
    },
  ]
  const noted = operations
    .filter((one) => one.note !== undefined)
    .map((one) => ({ name: `${operationValue(one)}Notice`, text: noticeText(one.note ?? ''), names: [operationValue(one)] }))
  return [
    ...groups.filter(({ of }) => of.length > 0).map(({ name, text, of }) => ({ name, text, names: of.map(operationValue) })),
    ...noted,
  ]
}

function noticeText(note: string): string {
  return inCapitals(note)
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/`([^`]+)`/g, '<code>$1</code>')
}

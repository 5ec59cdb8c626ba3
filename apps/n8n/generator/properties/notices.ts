import type { Operation } from '@wamux/core'
import { formFor } from '../../src/controls/control.ts'
import { operationValue } from '../../src/controls/operation-value.ts'
import type { Overlay } from '../../src/overlay/overlay.ts'
import { fieldLabel, inCapitals } from '../words/words.ts'

/** What a person has to know before an operation runs. */
export interface Notice {
  readonly name: string
  readonly text: string
  /** The operations that show it. */
  readonly names: string[]
}

/** The notices of a resource's operations. */
export function notices(operations: readonly Operation[], overlay: Overlay): Notice[] {
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
    .map((one) => ({ name: `${operationValue(one)}Notice`, text: noticeText(one, overlay), names: [operationValue(one)] }))
  return [
    ...groups.filter(({ of }) => of.length > 0).map(({ name, text, of }) => ({ name, text, names: of.map(operationValue) })),
    ...noted,
  ]
}

/** The document names fields as the gateway does; in the form they have labels. */
function noticeText(operation: Operation, overlay: Overlay): string {
  const form = formFor(operation, overlay)
  const labels = new Map([...form.more, ...form.top].map((placed) => [placed.path.join('.'), fieldLabel(operation, overlay, placed)]))
  const html = (operation.note ?? '').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return inCapitals(
    html.replace(/`([^`]+)`/g, (_, name: string) => (labels.has(name) ? `<b>${labels.get(name)}</b>` : `<code>${name}</code>`)),
  )
}

import { parseSpec, titleOf } from '../openapi/parse-document.ts'
import { compareDocuments } from './compare.ts'
import { ASPECT_OF, type Aspect, DEFAULT_ASPECTS, type Difference } from './difference.ts'
import { explanationOf, type KnownRule, parseKnown } from './known-differences.ts'

/** A text and what it is called in messages. */
export interface Source {
  readonly name: string
  readonly text: string
}

/** What is to be compared. */
export interface DiffInput {
  readonly ours: Source
  readonly theirs: Source
  /** `differences.yaml` */
  readonly known?: Source | undefined
  readonly only?: readonly Aspect[] | undefined
}

/** A difference that is deliberate. */
export interface KnownDifference extends Difference {
  readonly reason: string
}

/** What a comparison found; `--json` prints it. */
export interface SpecDiff {
  /** No difference but known ones. */
  readonly same: boolean
  readonly ours: { readonly title: string }
  readonly theirs: { readonly title: string; readonly source: string }
  readonly only: readonly Aspect[]
  /** The vendor has it, we do not. */
  readonly added: readonly Difference[]
  /** We have it, the vendor does not. */
  readonly removed: readonly Difference[]
  /** Both have it, and say it differently. */
  readonly changed: readonly Difference[]
  readonly known: readonly KnownDifference[]
  /** Entries of the list of known differences that nothing was found for. */
  readonly unused: readonly KnownRule[]
}

/** Compares our document with a vendor's. @throws UsageError when one of them cannot be read */
export function diffSpecs({ ours, theirs, known, only = DEFAULT_ASPECTS }: DiffInput): SpecDiff {
  const list = known ? parseKnown(known.text, known.name) : []
  const ourDocument = parseSpec(ours.text, ours.name)
  const theirDocument = parseSpec(theirs.text, theirs.name)
  const explained: KnownDifference[] = []
  const open: Difference[] = []
  const used = new Set<KnownRule>()
  for (const difference of compareDocuments(ourDocument, theirDocument)) {
    const explanation = explanationOf(difference, list)
    if (explanation) used.add(explanation)
    if (!only.includes(ASPECT_OF[difference.kind])) continue
    if (explanation) explained.push({ ...difference, reason: explanation.reason })
    else open.push(difference)
  }
  return {
    same: open.length === 0,
    ours: { title: titleOf(ourDocument) },
    theirs: { title: titleOf(theirDocument), source: theirs.name },
    only,
    added: open.filter(({ change }) => change === 'added'),
    removed: open.filter(({ change }) => change === 'removed'),
    changed: open.filter(({ change }) => change === 'changed'),
    known: explained,
    unused: list.filter((one) => !used.has(one)),
  }
}

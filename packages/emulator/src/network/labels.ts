import { NetworkError } from '../errors.ts'
import type { Memory } from '../memory/memory.ts'
import type { Account, Emit, Label } from './types.ts'

/** The labels of each account; they throw {@link NetworkError} `not_found` for one that is not there. */
export interface Labels {
  list(account: Account): readonly Label[]
  find(account: Account, id: string): Label | undefined
  create(account: Account, input: { readonly name: string; readonly color?: number | undefined }): Label
  update(account: Account, id: string, change: { readonly name?: string | undefined; readonly color?: number | undefined }): Label
  delete(account: Account, id: string): void
  /** JIDs of the chats that have it. */
  chats(account: Account, id: string): readonly string[]
  of(account: Account, chat: string): readonly Label[]
  /** Gives a chat exactly these labels. */
  assign(account: Account, chat: string, labels: readonly string[]): void
}

/** What the network needs of labels besides. */
export interface LabelStore extends Labels {
  forget(account: Account): void
}

interface StoredLabel {
  label: Label
  readonly chats: Set<string>
}

interface LabelsOfAccount {
  readonly labels: Map<string, StoredLabel>
  created: number
}

// the limit of WhatsApp Business
const MOST = 20

export function createLabels(emit: Emit, memory: Memory): LabelStore {
  const all = memory.part('network/labels', () => new Map<Account, LabelsOfAccount>())

  function own(account: Account): LabelsOfAccount {
    const labelsOfAccount = all.get(account) ?? { labels: new Map(), created: 0 }
    all.set(account, labelsOfAccount)
    return labelsOfAccount
  }

  function get(account: Account, id: string): StoredLabel {
    const found = own(account).labels.get(id)
    if (!found) throw new NetworkError('not_found', `there is no label ${id}`)
    return found
  }

  return {
    forget(account) {
      all.delete(account)
    },

    list: (account) => [...(all.get(account)?.labels.values() ?? [])].map(({ label }) => label),
    find: (account, id) => all.get(account)?.labels.get(id)?.label,

    create(account, { name, color }) {
      const labelsOfAccount = own(account)
      if (name.trim() === '') throw new NetworkError('invalid', 'a label needs a name')
      if (labelsOfAccount.labels.size >= MOST) throw new NetworkError('conflict', `there are ${MOST} labels already`)
      labelsOfAccount.created += 1
      const label = { id: String(labelsOfAccount.created), name, color: color ?? (labelsOfAccount.created - 1) % MOST }
      labelsOfAccount.labels.set(label.id, { label, chats: new Set() })
      emit(account, { type: 'label', label, change: 'upserted' })
      return label
    },

    update(account, id, { name, color }) {
      const found = get(account, id)
      found.label = { id, name: name ?? found.label.name, color: color ?? found.label.color }
      emit(account, { type: 'label', label: found.label, change: 'upserted' })
      return found.label
    },

    delete(account, id) {
      const { label } = get(account, id)
      own(account).labels.delete(id)
      emit(account, { type: 'label', label, change: 'deleted' })
    },

    chats: (account, id) => [...get(account, id).chats],
    of: (account, chat) => [...(all.get(account)?.labels.values() ?? [])].filter(({ chats }) => chats.has(chat)).map(({ label }) => label),

    assign(account, chat, labels) {
      for (const id of labels) get(account, id)
      for (const { label, chats } of own(account).labels.values()) {
        const added = labels.includes(label.id)
        if (added === chats.has(chat)) continue
        if (added) chats.add(chat)
        else chats.delete(chat)
        emit(account, { type: 'labelled', label, chat, added })
      }
    },
  }
}

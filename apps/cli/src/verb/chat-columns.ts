import type { Chat } from '@wamux/core'
import type { Column } from '../print/table.ts'
import { timeText, yesText } from './show.ts'

/** The columns of lists of chats. */
export const CHAT_COLUMNS: readonly Column<Chat>[] = [
  { title: 'ID', text: ({ id }) => id, whole: true, paint: (cell, _chat, paint) => paint.bold(cell) },
  { title: 'NAME', text: ({ name }) => name ?? '' },
  { title: 'KIND', text: ({ kind }) => (kind === 'unknown' ? '' : kind) },
  { title: 'UNREAD', text: ({ unread }) => (unread ? String(unread) : ''), paint: (cell, _chat, paint) => paint.yellow(cell) },
  { title: 'AT', text: ({ at }) => timeText(at) },
  { title: 'PINNED', text: ({ pinned }) => yesText(pinned) },
  { title: 'MUTED', text: ({ muted }) => yesText(muted) },
  { title: 'ARCHIVED', text: ({ archived }) => yesText(archived) },
]

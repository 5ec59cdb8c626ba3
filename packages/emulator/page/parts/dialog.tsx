import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from './icons.tsx'

interface OpenDialog {
  readonly title: string
  readonly content: () => ComponentChildren
}

const open = signal<OpenDialog | undefined>(undefined)

/** Shows a dialog; it closes with Escape, its button, or {@link closeDialog}. */
export function openDialog(title: string, content: () => ComponentChildren): void {
  open.value = { title, content }
}

export function closeDialog(): void {
  open.value = undefined
}

/** The place of dialogs, once in the page. */
export function DialogPlace() {
  const shown = open.value
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (shown && !element.current?.open) element.current?.showModal()
    if (!shown && element.current?.open) element.current.close()
  }, [shown])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, too
    <dialog
      ref={element}
      aria-labelledby="dialog-title"
      onClose={closeDialog}
      onClick={(event) => event.target === element.current && closeDialog()}
    >
      {shown && (
        <div class="dialog">
          <header>
            <h2 id="dialog-title">{shown.title}</h2>
            <button type="button" class="plain" aria-label="Close" onClick={closeDialog}>
              <Icon name="close" />
            </button>
          </header>
          {shown.content()}
        </div>
      )}
    </dialog>
  )
}

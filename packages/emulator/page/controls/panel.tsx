import type { ComponentChildren } from 'preact'

interface PanelProps {
  readonly title: string
  readonly about: string
  readonly children: ComponentChildren
}

export function Panel({ title, about, children }: PanelProps) {
  return (
    <section class="panel" aria-label={title}>
      <h2>{title}</h2>
      <p class="note">{about}</p>
      {children}
    </section>
  )
}

import { hueOf, initials } from './format.ts'
import { Icon } from './icons.tsx'

interface AvatarProps {
  readonly id: string
  readonly name: string
  readonly picture?: string | undefined
  readonly kind?: string
  readonly online?: boolean
}

export function Avatar({ id, name, picture, kind = 'person', online = false }: AvatarProps) {
  return (
    <span class={`avatar hue${hueOf(id.replace(/@c\.us$/, ''))}`} aria-hidden="true">
      {picture ? <img src={picture} alt="" /> : inside(kind, name)}
      {online && <i class="online" />}
    </span>
  )
}

function inside(kind: string, name: string) {
  if (kind === 'group') return <Icon name="group" />
  if (kind === 'channel') return <Icon name="webhooks" />
  return kind === 'status' ? <Icon name="status" /> : initials(name)
}

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow'
import type { Overlay } from './overlay.ts'

/**
 * Puts the resources that most people need first, and administration last. n8n's lint wants the list by name where it is written, so it is
 * put in order when the node is loaded.
 */
export function inOrderOfUse(properties: readonly INodeProperties[], { order }: Pick<Overlay, 'order'>): INodeProperties[] {
  const rank = ({ value }: INodePropertyOptions) => {
    const first = order.first.indexOf(String(value))
    if (first >= 0) return first - order.first.length
    return order.last.indexOf(String(value)) + 1
  }
  return properties.map((property) => {
    if (property.name !== 'resource') return property
    const options = (property.options ?? []) as INodePropertyOptions[]
    return { ...property, options: options.toSorted((one, other) => rank(one) - rank(other)) }
  })
}

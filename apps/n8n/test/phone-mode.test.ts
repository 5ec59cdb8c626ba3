import { describe, expect, it } from 'vitest'
import { phoneMode } from '../generator/properties/phone-mode.ts'
import { WhatsAppGateway } from '../nodes/WhatsAppGateway/WhatsAppGateway.node.ts'

// n8n tries the whole text
const [rule] = phoneMode.validation ?? []
const takes = (text: string) => new RegExp(`^${rule?.properties.regex}$`).test(text)

describe('Phone', () => {
  it.each(['+4915112345678', '+49 1511 2345678', '4915112345678', '(202) 555-0143', '+1.202.555.0143', ' +12025550143 '])(
    'takes %j',
    (text) => {
      expect(takes(text)).toBe(true)
    },
  )

  it.each(['', 'call me', '+49', '4915112345678@c.us', '+49 1511 x', '12025550143,12025550144'])('refuses %j in the form', (text) => {
    expect(takes(text)).toBe(false)
  })

  it('is the same in the node that is written by hand', () => {
    expect(JSON.stringify(new WhatsAppGateway().description.properties)).toContain(JSON.stringify(phoneMode))
  })
})

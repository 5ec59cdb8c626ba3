import type { INodePropertyMode } from 'n8n-workflow'

/** Choosing a person by number. n8n cuts "By Phone" off at the field, and says at the field when something else is typed. */
export const phoneMode: INodePropertyMode = {
  displayName: 'Phone',
  name: 'phone',
  type: 'string',
  placeholder: 'e.g. +4915112345678',
  validation: [
    {
      type: 'regex',
      properties: {
        regex: '\\s*\\+?[\\d\\s().\\/-]{6,30}',
        errorMessage: 'Not a phone number: give it with its country code, e.g. +4915112345678',
      },
    },
  ],
}

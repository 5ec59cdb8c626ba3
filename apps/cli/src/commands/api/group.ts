import type { CommandGroup } from '../../command/command.ts'
import { CALL_FLAGS, CONFIRM_FLAGS } from '../../command/flags.ts'

export const group: CommandGroup = {
  commands: {},
  bare: {
    about: 'any request to a gateway, by method and path',
    details:
      'With GET fields go into the query, else into a JSON body. The path is written in its plainest form first: dots, double slashes and needless escapes go. A path that the gateway is known for is as safe as its operation: what deletes asks first. A request to any other path asks, unless it is GET; what may have been done ends with exit code 8.',
    args: {
      method: { about: 'GET, POST, PUT, PATCH or DELETE; without it GET, or POST when there are fields' },
      path: { about: 'below the base URL: /api/sessions/default; {name} is filled from the fields' },
    },
    flags: {
      X: { about: 'the method, as for curl', value: 'method' },
      f: { about: 'a field as text: key=value, key[sub]=value, key[]=value', value: 'key=value', repeat: true },
      F: { about: 'a field by its type: numbers, true, false, null, JSON, @file, - for stdin', value: 'key=value', repeat: true },
      query: { about: 'a field of the query, whatever the method', value: 'key=value', repeat: true },
      header: { about: 'a header', value: 'name:value', repeat: true },
      input: { about: 'the whole body: a file, or - for stdin', value: 'file' },
      paginate: { about: 'all pages of a list, as one list' },
      include: { about: 'status and headers of the answer, too' },
      out: { about: 'save the response to this file', value: 'file' },
      ...CALL_FLAGS,
      ...CONFIRM_FLAGS,
    },
    examples: [
      'wamux api /api/sessions --gateway waha',
      'wamux api POST /api/sendText -f session=default -f chatId=4915112345678@c.us -f text=Hello',
      'wamux api GET /api/{session}/chats -f session=default --paginate --jq ".[].id"',
      'wamux api PUT /api/sessions/default -F config[debug]=true --dry-run',
    ],
    run: async (context) => (await import('./run.ts')).runApi(context),
  },
}

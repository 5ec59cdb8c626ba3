import { createContext } from './context/context.ts'
import { absentVerbsGroup } from './groups/contract/absent-verbs.ts'
import { callsGroup } from './groups/contract/calls.ts'
import { contractGroup } from './groups/contract/contract.ts'
import { evidenceGroup } from './groups/contract/evidence.ts'
import { eventsGroup } from './groups/events/events.ts'
import { registrationsGroup } from './groups/events/registrations.ts'
import { webhooksGroup } from './groups/events/webhooks.ts'
import { errorsGroup } from './groups/safety/errors.ts'
import { hostileInputGroup } from './groups/safety/hostile-input.ts'
import { limitsGroup } from './groups/safety/limits.ts'
import { lostSendsGroup } from './groups/safety/lost-sends.ts'
import { outcomesGroup } from './groups/safety/outcomes.ts'
import { pathsGroup } from './groups/safety/paths.ts'
import { safetyGroup } from './groups/safety/safety.ts'
import { secretsGroup } from './groups/safety/secrets.ts'
import { lifeCycleGroup } from './groups/session/life-cycle.ts'
import { statesGroup } from './groups/session/states.ts'
import { accountGroup } from './groups/verbs/account.ts'
import { chatsGroup } from './groups/verbs/chats.ts'
import { contactsGroup } from './groups/verbs/contacts.ts'
import { groupLifeGroup } from './groups/verbs/group-life.ts'
import { messagesGroup } from './groups/verbs/messages.ts'
import { sendsGroup } from './groups/verbs/sends.ts'
import { checkWith, type Runner, withoutEmptyGroups } from './subject/runner.ts'
import type { Subject, SuiteOptions } from './subject/subject.ts'

type Group = (runner: Runner, context: ReturnType<typeof createContext>) => void

/** The groups of tests in their order, each with what the author of a plugin can do when one of its comparisons fails. */
const GROUPS: readonly (readonly [group: Group, advice: string])[] = [
  [contractGroup, 'Compare src/manifest.ts with the verbs that `create` returns and with x-wamux-capability in the OpenAPI document.'],
  [absentVerbsGroup, 'A verb that the manifest does not name has to be absent from what `create` returns, not a function that fails.'],
  [
    lifeCycleGroup,
    'Look at the session verbs (src/capabilities/session.ts), at what `readFailure` makes of this answer, and at the test gateway.',
  ],
  [
    errorsGroup,
    'The kind of an error follows from the HTTP status; where the gateway means something else, `readFailure` in src/errors.ts says so.',
  ],
  [
    safetyGroup,
    'Whether a call is repeated follows from x-wamux-safety of its operation: correct it in the document and run wamux-codegen.',
  ],
  [limitsGroup, '`sessionOf` in src/errors.ts has to find the session of a request in its path, query, header or body.'],
  [
    outcomesGroup,
    'Take ids, states and lists from the answer only. What is not in it is left out, or is a `bad_response`; name verbs in `answeringVerbs`.',
  ],
  [
    secretsGroup,
    '`leaks` names where a secret came to light: list every form of it that is sent (the password and its base64, too) in `secrets` of `auth`. ' +
      '`sent: false`: no request carried a secret, so `apply` of `auth` does not send what the manifest calls secret.',
  ],
  [
    pathsGroup,
    'Give ids to `send` as `path`, `query` or `headers`, never glued into a path; check what stands elsewhere with `textInput`.',
  ],
  [
    hostileInputGroup,
    'Check input before the first request: `textInput(session, "session")`, `parseAddress(to)`; what is in a path is checked by core.',
  ],
  [statesGroup, 'Read states with `meaningOf(table, word)`: an unknown word becomes `unknown` and never throws.'],
  [
    callsGroup,
    'These inputs are checked by core from the operation table: correct the field in the OpenAPI document and run wamux-codegen.',
  ],
  [
    evidenceGroup,
    'Evidence and limits of src/manifest.ts have to agree with x-wamux-evidence of the document and name only verbs that there are.',
  ],
  [sendsGroup, 'Look at src/capabilities/message.ts, and at what the test gateway delivers to `phones.messages`.'],
  [lostSendsGroup, 'A send has x-wamux-safety: send in the document; then core repeats nothing that may have arrived.'],
  [messagesGroup, 'Look at src/capabilities/message.ts, and at what `phones` of the test gateway shows.'],
  [chatsGroup, 'Look at src/capabilities/chat.ts, and at what `phones.chatOf` of the test gateway shows.'],
  [contactsGroup, 'Look at src/capabilities/contact.ts, and at what `phones.accountOf` of the test gateway shows.'],
  [groupLifeGroup, 'Look at src/capabilities/group.ts, and at what `phones.groupOf` of the test gateway shows.'],
  [accountGroup, 'Look at the profile, status, presence, label and channel verbs, and at what `phones` of the test gateway shows.'],
  [webhooksGroup, 'Look at src/capabilities/webhook.ts, src/webhooks.ts, and at what `hooks.caught()` of the test gateway received.'],
  [registrationsGroup, 'Changes of webhooks have to wait for each other: `changesInTurn` of @wamux/core/verbs.'],
  [eventsGroup, 'Events without a webhook come from chat.list and message.list, or from the socket that `definePlugin` names.'],
]

/**
 * Registers the tests that every gateway plugin has to pass. What is tested follows from the plugin's manifest: a verb that it names has
 * to do what the vocabulary says, a verb that it lacks has to be absent.
 *
 * @param runner `describe`, `it` and `expect` of the test runner
 * @param subject the plugin, and how to open a gateway for it
 * @param options how much to try; by default everything
 */
export function conformance(runner: Runner, subject: Subject, options: SuiteOptions = {}): void {
  const groups = withoutEmptyGroups(runner)
  const context = createContext(runner, subject, options)
  groups.describe(`${subject.plugin.manifest.name} keeps the wamux contract`, () => {
    for (const [group, advice] of GROUPS) group(groups, { ...context, check: checkWith(runner, advice) })
  })
}

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
import type { Runner } from './subject/runner.ts'
import type { Subject, SuiteOptions } from './subject/subject.ts'

/**
 * Registers the tests that every gateway plugin has to pass. What is tested follows from the plugin's manifest: a verb that it names has
 * to do what the vocabulary says, a verb that it lacks has to be absent.
 *
 * @param runner `describe`, `it` and `expect` of the test runner
 * @param subject the plugin, and how to open a gateway for it
 * @param options how much to try; by default everything
 */
export function conformance(runner: Runner, subject: Subject, options: SuiteOptions = {}): void {
  const context = createContext(runner, subject, options)
  runner.describe(`${subject.plugin.manifest.name} keeps the wamux contract`, () => {
    contractGroup(runner, context)
    absentVerbsGroup(runner, context)
    lifeCycleGroup(runner, context)
    errorsGroup(runner, context)
    safetyGroup(runner, context)
    limitsGroup(runner, context)
    outcomesGroup(runner, context)
    secretsGroup(runner, context)
    pathsGroup(runner, context)
    hostileInputGroup(runner, context)
    statesGroup(runner, context)
    callsGroup(runner, context)
    evidenceGroup(runner, context)
    sendsGroup(runner, context)
    lostSendsGroup(runner, context)
    messagesGroup(runner, context)
    chatsGroup(runner, context)
    contactsGroup(runner, context)
    groupLifeGroup(runner, context)
    accountGroup(runner, context)
    webhooksGroup(runner, context)
    registrationsGroup(runner, context)
    eventsGroup(runner, context)
  })
}

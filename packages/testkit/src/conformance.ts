import { absentVerbsGroup } from './groups/absent-verbs.ts'
import { accountGroup } from './groups/account.ts'
import { callsGroup } from './groups/calls.ts'
import { chatsGroup } from './groups/chats.ts'
import { contactsGroup } from './groups/contacts.ts'
import { contractGroup } from './groups/contract.ts'
import { errorsGroup } from './groups/errors.ts'
import { eventsGroup } from './groups/events.ts'
import { evidenceGroup } from './groups/evidence.ts'
import { groupLifeGroup } from './groups/group-life.ts'
import { hostileInputGroup } from './groups/hostile-input.ts'
import { lifeCycleGroup } from './groups/life-cycle.ts'
import { lostSendsGroup } from './groups/lost-sends.ts'
import { messagesGroup } from './groups/messages.ts'
import { pathsGroup } from './groups/paths.ts'
import { safetyGroup } from './groups/safety.ts'
import { secretsGroup } from './groups/secrets.ts'
import { sendsGroup } from './groups/sends.ts'
import { statesGroup } from './groups/states.ts'
import { webhooksGroup } from './groups/webhooks.ts'
import { createKit } from './kit.ts'
import type { Runner } from './runner.ts'
import type { Subject } from './subject.ts'

/**
 * Registers the tests that every gateway plugin has to pass. What is tested follows from the plugin's manifest: a verb that it names has
 * to do what the vocabulary says, a verb that it lacks has to be absent.
 *
 * @param runner `describe`, `it` and `expect` of the test runner
 * @param subject the plugin, and how to open a gateway for it
 */
export function conformance(runner: Runner, subject: Subject): void {
  const kit = createKit(runner, subject)
  runner.describe(`${subject.plugin.manifest.name} keeps the wamux contract`, () => {
    contractGroup(runner, kit)
    absentVerbsGroup(runner, kit)
    lifeCycleGroup(runner, kit)
    errorsGroup(runner, kit)
    safetyGroup(runner, kit)
    secretsGroup(runner, kit)
    pathsGroup(runner, kit)
    hostileInputGroup(runner, kit)
    statesGroup(runner, kit)
    callsGroup(runner, kit)
    evidenceGroup(runner, kit)
    sendsGroup(runner, kit)
    lostSendsGroup(runner, kit)
    messagesGroup(runner, kit)
    chatsGroup(runner, kit)
    contactsGroup(runner, kit)
    groupLifeGroup(runner, kit)
    accountGroup(runner, kit)
    webhooksGroup(runner, kit)
    eventsGroup(runner, kit)
  })
}

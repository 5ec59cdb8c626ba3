import type { Fault } from './fault.ts'
import { answerFaults } from './faults-of-answers.ts'
import { requestFaults } from './faults-of-requests.ts'
import { statusFaults } from './faults-of-statuses.ts'

/** All faults there are. */
export const faults: readonly Fault[] = [...requestFaults, ...answerFaults, ...statusFaults]

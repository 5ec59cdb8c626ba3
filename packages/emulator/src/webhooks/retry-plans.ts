import type { RetryPlan } from './webhooks.ts'

/** The retry settings of a webhook in WAHA's config. */
export interface WahaRetries {
  readonly policy?: unknown
  readonly delaySeconds?: unknown
  readonly attempts?: unknown
}

/**
 * Retries of WAHA and, as it passes on WAHA's engine, of Wawp: 15 times with 2 s between them unless the webhook says otherwise. Real ones
 * add up to 20 % at random; the emulator does not, so that a run can be repeated.
 */
export function wahaRetryPlan({ policy, delaySeconds, attempts }: WahaRetries = {}): RetryPlan {
  const delayMs = (numberOf(delaySeconds) ?? 2) * 1000
  const growth: Readonly<Record<string, (attempt: number) => number>> = {
    linear: (attempt) => delayMs * attempt,
    exponential: (attempt) => delayMs * 2 ** (attempt - 1),
  }
  return {
    attempts: 1 + (numberOf(attempts) ?? 15),
    delayMs: growth[String(policy)] ?? (() => delayMs),
    retryAfter: true,
  }
}

const QUARTER_HOUR = 15 * 60_000

/**
 * Retries of WARest: three times for no answer, 429 and 5xx, with growing pauses. A 401 or 403 pauses the address for a quarter of an hour,
 * five failures in a row for a minute.
 */
export const warestRetryPlan: RetryPlan = {
  attempts: 4,
  delayMs: (attempt) => 800 * 2 ** (attempt - 1),
  again: (status) => status === undefined || status === 429 || status >= 500,
  pauseMs: (status, failures) => {
    if (status === 401 || status === 403) return QUARTER_HOUR
    return failures >= 5 ? 60_000 : undefined
  },
}

/** Wassenger repeats what is not answered with 200 to 209; how often and when is not known, so a few times. */
export const sparkbotRetryPlan: RetryPlan = { attempts: 4, delayMs: (attempt) => 2_000 * attempt }

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

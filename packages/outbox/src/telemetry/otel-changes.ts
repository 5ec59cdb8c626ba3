import type { OutboxChange } from '../message/message.ts'

/**
 * The part of `@opentelemetry/api` that is used here; pass the module itself. wamux does not import it, so that programs without telemetry
 * need no such package.
 */
export interface MetricsApi {
  /** Makes counters. */
  readonly metrics: {
    getMeter(
      name: string,
      version?: string,
    ): {
      createCounter(
        name: string,
        options: { readonly description: string; readonly unit: string },
      ): { add(value: number, attributes: Readonly<Record<string, string>>): void }
    }
  }
}

/**
 * Makes a function for `onChange` that counts every change of state that this process makes: the counter `wamux.outbox.changes`, with the
 * attributes `wamux.outbox.state` and `wamux.outbox.sender`. Spans of the sends come from the gateway: `hooks: otelHooks(api)`.
 *
 * ```ts
 * import * as api from '@opentelemetry/api'
 * createOutbox({ gateway, session, store, onChange: otelChanges(api) })
 * ```
 *
 * @param api the module `@opentelemetry/api`
 * @param meterName name of the meter. Default `@wamux/outbox`
 * @returns a function for the option `onChange` of an outbox
 */
export function otelChanges(api: MetricsApi, meterName = '@wamux/outbox'): (change: Omit<OutboxChange, 'seq'>) => void {
  const description = 'Messages of the outbox that came into a state'
  const counter = api.metrics.getMeter(meterName).createCounter('wamux.outbox.changes', { description, unit: '{message}' })
  return ({ to, sender }) => counter.add(1, { 'wamux.outbox.state': to, 'wamux.outbox.sender': sender })
}

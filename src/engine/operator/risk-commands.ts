import { BtError } from '../../domain/errors.ts';
import type { RiskRule } from '../../domain/order/risk/rule.ts';
import { killOrderOf, NO_REASON } from '../../platform/kill-file.ts';
import type { KillOrder } from '../../platform/kill-file.ts';
import type { Events } from '../events.ts';

/** What a person tells the limits, the pause and the kill switch of a running engine. */
export interface RiskControls {
  /** Durable when it returns. */
  pull(order: KillOrder): void;
  pause(why: string): void;
  /** What has stopped orders, the limits' names. */
  stopped(): readonly RiskRule[];
  /** Lets them go on; durable when it returns. */
  lift(why: string): void;
}

type Values = Readonly<Record<string, string>>;

/** Stops everything; the answer comes when it is durable, so that nothing is placed after it. */
export function kill(values: Values, risk: RiskControls, events: Pick<Events, 'emit'>): string {
  const order = killOrderOf(values);
  risk.pull(order);
  const also = order.flatten
    ? ', what is open is cancelled and what can be sold is sold'
    : order.cancel
      ? ', what is open is cancelled'
      : '';
  const why = order.reason === NO_REASON ? '' : ` (${order.reason})`;
  events.emit({ kind: 'operator', orderId: null, text: `The kill switch was pulled by the operator${why}${also}.` });
  return `Killed: nothing is placed any more${also}. "bt resume --reason ..." lets it go on.`;
}

export function pause(values: Values, risk: RiskControls): string {
  risk.pause(reasonOf(values, 'paused by the operator'));
  return 'Paused: no orders, and no hooks that may trade. "bt resume --reason ..." lets it go on.';
}

/** What was stopped goes on, and a halted strategy does. Throws NOT_HALTED when neither was, REASON_NEEDED. */
export function resume(values: Values, risk: RiskControls, resumeStrategy: () => boolean): string {
  const stopped = risk.stopped();
  if (stopped.length > 0 && (values['reason'] ?? '') === '') throw reasonNeeded(stopped);
  if (stopped.length > 0) risk.lift(reasonOf(values, ''));
  const wasHalted = resumeStrategy();
  if (!wasHalted && stopped.length === 0)
    throw new BtError(
      'NOT_HALTED',
      'The strategy is not halted and nothing is stopped; nothing was done. The log says what it waits for.',
      { fault: 'config' },
    );
  const strategy = wasHalted
    ? 'The strategy goes on with its next task. Three more errors in a row halt it again.'
    : '';
  const orders = stopped.length > 0 ? `Orders go on; they were stopped by: ${stopped.join(', ')}.` : '';
  return [orders, strategy].filter((text) => text !== '').join(' ');
}

export function reasonNeeded(stopped: readonly string[]): BtError {
  return new BtError(
    'REASON_NEEDED',
    `Orders are stopped by: ${stopped.join(', ')}. Say why they may go on: bt resume --reason "...". It is written down.`,
    { fault: 'config' },
  );
}

function reasonOf(values: Values, otherwise: string): string {
  const reason = (values['reason'] ?? '').trim().replace(/\.$/u, '');
  return reason === '' ? otherwise : reason;
}

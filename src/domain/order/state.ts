import { BtError } from '../errors.ts';
import type { BrokerOrderStatus } from '../trading.ts';
import { FINAL_INTENT_STATES, type IntentState } from './types.ts';

/**
 * What can happen to an intent. `live` = the broker shows it working; `adopted` = it shows one we were sure it does not have;
 * `expired` = its day is over and the broker shows what was left of it as open; `end_unseen` = its day is over, and how much of it
 * was filled then was not seen.
 */
export type IntentEvent =
  | 'send'
  | 'live'
  | 'rejected'
  | 'outcome_unknown'
  | 'cancel_requested'
  | 'cancel_refused'
  | 'filled'
  | 'canceled'
  | 'not_sent'
  | 'not_placed'
  | 'adopted'
  | 'end_unseen'
  | 'expired';

/** Whatever the broker shows settles an intent whose fate was open (also one we had given up: it is adopted). */
const FOUND = {
  live: 'accepted',
  rejected: 'rejected',
  filled: 'filled',
  canceled: 'canceled',
  expired: 'expired',
} as const;

/** The legal moves. A pair that is absent is a bug, except on final states, where repeated news is ignored (see `nextState`). */
const MOVES: Readonly<Record<IntentState, Readonly<Partial<Record<IntentEvent, IntentState>>>>> = {
  planned: { send: 'sending', not_sent: 'not_sent' },
  sending: { ...FOUND, outcome_unknown: 'unknown', not_sent: 'not_sent' },
  unknown: { ...FOUND, outcome_unknown: 'unknown', not_placed: 'not_placed', end_unseen: 'unknown' },
  accepted: { ...FOUND, cancel_requested: 'canceling', cancel_refused: 'accepted', end_unseen: 'unknown' },
  canceling: {
    ...FOUND,
    live: 'canceling',
    cancel_requested: 'canceling',
    cancel_refused: 'accepted',
    end_unseen: 'unknown',
  },
  filled: { filled: 'filled' },
  canceled: { canceled: 'canceled' },
  rejected: { rejected: 'rejected', adopted: 'accepted' },
  not_sent: { not_sent: 'not_sent', adopted: 'accepted' },
  not_placed: { ...FOUND, not_placed: 'not_placed', adopted: 'accepted' },
  // Its last trades, and what the counter calls its end, may be listed late.
  expired: { filled: 'filled', canceled: 'canceled', rejected: 'rejected', expired: 'expired' },
};

/** Events that a broker's list can repeat for an order that is already final; they change nothing. */
const STALE_NEWS: ReadonlySet<IntentEvent> = new Set<IntentEvent>(['live', 'cancel_requested', 'cancel_refused']);

/** The state after `event`. Throws ILLEGAL_TRANSITION (fault bug) for a pair that cannot happen. */
export function nextState(state: IntentState, event: IntentEvent): IntentState {
  const next = MOVES[state][event];
  if (next !== undefined) return next;
  if (FINAL_INTENT_STATES.has(state) && STALE_NEWS.has(event)) return state;
  throw new BtError(
    'ILLEGAL_TRANSITION',
    `An order in state ${state} cannot take the event ${event}. Please report this with the log.`,
    {
      fault: 'bug',
      details: { state, event },
    },
  );
}

/** True when nextState would not throw. */
export function canMove(state: IntentState, event: IntentEvent): boolean {
  return MOVES[state][event] !== undefined || (FINAL_INTENT_STATES.has(state) && STALE_NEWS.has(event));
}

/** The event a broker's order row stands for; null = says nothing (unknown status). */
export function eventOfStatus(status: BrokerOrderStatus): IntentEvent | null {
  switch (status) {
    case 'filled':
      return 'filled';
    case 'canceled':
    case 'partly_canceled':
      return 'canceled';
    case 'rejected':
      return 'rejected';
    case 'pending':
    case 'open':
    case 'partly_filled':
    case 'canceling':
    case 'partly_canceling':
      return 'live';
    case 'unknown':
      return null;
  }
}

export function isFinal(state: IntentState): boolean {
  return FINAL_INTENT_STATES.has(state);
}

/** True while the exchange may still fill the intent, as far as we know. */
export function isOpen(state: IntentState): boolean {
  return state === 'sending' || state === 'unknown' || state === 'accepted' || state === 'canceling';
}

import { describe, expect, it } from 'vitest';
import {
  canMove,
  eventOfStatus,
  isFinal,
  isOpen,
  nextState,
  type IntentEvent,
} from '../../../../src/domain/order/state.ts';
import type { IntentState } from '../../../../src/domain/order/types.ts';
import type { BrokerOrderStatus } from '../../../../src/domain/trading.ts';

const EVENTS: readonly IntentEvent[] = [
  'send',
  'live',
  'rejected',
  'outcome_unknown',
  'cancel_requested',
  'cancel_refused',
  'filled',
  'canceled',
  'not_sent',
  'not_placed',
  'adopted',
  'end_unseen',
  'expired',
];

/** state → the state after each of EVENTS, in that order; `.` = illegal. */
const TABLE: Readonly<Record<IntentState, string>> = {
  planned: 'sending . . . . . . . not_sent . . . .',
  sending: '. accepted rejected unknown . . filled canceled not_sent . . . expired',
  unknown: '. accepted rejected unknown . . filled canceled . not_placed . unknown expired',
  accepted: '. accepted rejected . canceling accepted filled canceled . . . unknown expired',
  canceling: '. canceling rejected . canceling accepted filled canceled . . . unknown expired',
  filled: '. filled . . filled filled filled . . . . . .',
  canceled: '. canceled . . canceled canceled . canceled . . . . .',
  rejected: '. rejected rejected . rejected rejected . . . . accepted . .',
  not_sent: '. not_sent . . not_sent not_sent . . not_sent . accepted . .',
  expired: '. expired rejected . expired expired filled canceled . . . . expired',
  not_placed: '. accepted rejected . not_placed not_placed filled canceled . not_placed accepted . expired',
};

describe('order states', () => {
  for (const [state, row] of Object.entries(TABLE) as [IntentState, string][]) {
    for (const [index, expected] of row.split(' ').entries()) {
      const event = EVENTS[index];
      if (event === undefined) throw new Error('the table is wider than the events');
      it(`${state} + ${event} → ${expected === '.' ? 'illegal' : expected}`, () => {
        if (expected === '.') {
          expect(canMove(state, event)).toBe(false);
          expect(() => nextState(state, event)).toThrowError(expect.objectContaining({ code: 'ILLEGAL_TRANSITION' }));
        } else {
          expect(canMove(state, event)).toBe(true);
          expect(nextState(state, event)).toBe(expected);
        }
      });
    }
  }

  it('never leaves planned or sending open to a second send', () => {
    for (const state of Object.keys(TABLE) as IntentState[]) expect(canMove(state, 'send')).toBe(state === 'planned');
  });

  it('reads every broker status, and an unknown one as no news', () => {
    const events: Record<BrokerOrderStatus, IntentEvent | null> = {
      pending: 'live',
      open: 'live',
      partly_filled: 'live',
      canceling: 'live',
      partly_canceling: 'live',
      filled: 'filled',
      canceled: 'canceled',
      partly_canceled: 'canceled',
      rejected: 'rejected',
      unknown: null,
    };
    for (const [status, event] of Object.entries(events) as [BrokerOrderStatus, IntentEvent | null][]) {
      expect(eventOfStatus(status)).toBe(event);
    }
  });

  it('counts an order of unknown fate as one that may still be filled', () => {
    expect(isOpen('unknown')).toBe(true);
    expect(isFinal('unknown')).toBe(false);
    expect((Object.keys(TABLE) as IntentState[]).filter((state) => isOpen(state) && isFinal(state))).toEqual([]);
  });
});

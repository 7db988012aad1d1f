import { chinaDay } from '../time.ts';
import type { Refusal } from './refusal.ts';
import type { SignalRow } from './row.ts';
import { signalKey, type Signal } from './signal.ts';

export interface NewSignal {
  readonly origin: SignalRow['origin'];
  /** Why it is not followed; null = it is. */
  readonly refusal: Refusal | null;
  /** When it can be ordered at the earliest. */
  readonly orderableAt: number;
  /** Market time, epoch ms. */
  readonly now: number;
}

/** The row of a signal that has just come: it waits for its turn, or has ended already. */
export function newSignalRow(signal: Signal, { origin, refusal, orderableAt, now }: NewSignal): SignalRow {
  const { strategy, id, security, side, sentAt, receivedAt, isClosing, raw } = signal;
  const isQueued = orderableAt > now;
  return {
    key: signalKey(signal),
    strategy,
    id,
    security,
    side,
    sentAt,
    receivedAt,
    isClosing,
    raw,
    origin,
    // What is refused may be anything.
    amount: Number.isFinite(signal.amount) ? signal.amount : 0,
    price: signal.price !== null && Number.isFinite(signal.price) ? signal.price : null,
    day: chinaDay(now),
    phase: refusal === null ? 'waiting' : 'done',
    waitsFor: isQueued && refusal === null ? 'the next opening' : null,
    notBefore: orderableAt,
    freshFrom: orderableAt,
    attempt: 0,
    requotes: 0,
    asked: null,
    wanted: null,
    filled: 0,
    firstOrderedAt: null,
    quoteAt: null,
    carry: 0,
    value: 0,
    orderedDay: null,
    notes: [],
    end: refusal === null ? null : 'refused',
    code: refusal?.code ?? null,
    reason: refusal?.reason ?? null,
    endedAt: refusal === null ? null : now,
  };
}

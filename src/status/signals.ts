import type { SignalRow } from '../domain/follow/row.ts';
import { DAY, instantOf } from '../domain/time.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { DeviationStatus, SignalStatus } from './types.ts';

/** Those of a day: that came on it, were open then, or ended. */
export function signalStatuses({ signals }: Pick<Ledger, 'signals'>, day: string): SignalStatus[] {
  const from = instantOf(day, 0);
  // What is open now was nothing of an earlier day than its own.
  const rows = signals.ofDay(day, from, from + DAY).filter((row) => row.day <= day);
  return rows.map(signalStatus);
}

function signalStatus(row: SignalRow): SignalStatus {
  const { key, strategy, id, receivedAt, sentAt, origin, security, side, amount, price } = row;
  const { asked, wanted, filled, phase, waitsFor, attempt, end, code, reason, endedAt } = row;
  const asAsked = { key, strategy, id, at: receivedAt, sentAt, origin, security, side, amount, price };
  return { ...asAsked, asked, wanted, filled, phase, waitsFor, attempts: attempt, end, code, reason, endedAt };
}

/** As they were found last. */
export function deviationStatuses({ signals }: Pick<Ledger, 'signals'>): DeviationStatus[] {
  return signals.deviations().flatMap(({ strategy, at, rows }) =>
    rows.map(({ security, pictureAt, wanted, held, correction, why }) => ({
      strategy,
      security,
      at,
      pictureAt,
      wanted,
      held,
      correction,
      why,
    })),
  );
}

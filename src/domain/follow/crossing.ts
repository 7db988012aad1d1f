import type { Side } from '../trading.ts';
import type { SignalRow } from './row.ts';

type Crossing = Pick<SignalRow, 'key' | 'strategy' | 'security' | 'side' | 'origin'>;
type Traded = Pick<
  SignalRow,
  'key' | 'side' | 'origin' | 'amount' | 'isClosing' | 'receivedAt' | 'endedAt' | 'asked' | 'filled' | 'end' | 'code'
>;

/** Ends of signals that waited for their turn and did not get it. */
const WAITED: ReadonlySet<string | null> = new Set(['EXPIRED', 'OVERTAKEN']);

/** False of one that rules or its time refused: it is none of what its source did, as far as we follow it. */
export function isFollowed({ end, asked, code }: Pick<SignalRow, 'end' | 'asked' | 'code'>): boolean {
  return end === null || end === 'nothing' || asked !== null || WAITED.has(code);
}

/** Why an earlier signal ends when a later one goes the other way. */
export function overtakenText(later: Side): string {
  return `a later ${later} of its source goes the other way: what is not ${later === 'sell' ? 'bought' : 'sold'} by then is not traded`;
}

/** Signals of one source in one security, one of which buys and the other sells. A person's corrections cross nothing. */
function crosses(one: Crossing, other: Crossing): boolean {
  return (
    one.strategy === other.strategy &&
    one.security === other.security &&
    one.side !== other.side &&
    one.origin === 'source' &&
    other.origin === 'source'
  );
}

/** Those that came before `row`, go the other way and have not ended, and the first that came after it. `open`: in the order in which they came. */
export function crossings<T extends Crossing>(
  row: Crossing,
  open: Iterable<T>,
): { readonly earlier: readonly T[]; readonly later: T | null } {
  const earlier: T[] = [];
  let isPast = false;
  for (const other of open) {
    if (other.key === row.key) isPast = true;
    else if (!crosses(row, other)) continue;
    else if (isPast) return { earlier, later: other };
    else earlier.push(other);
  }
  return { earlier, later: null };
}

/**
 * Shares of the source that the last of these rows is not to trade: what those before it, the other way and under way when it came, have
 * left untraded. Bought and not filled, then sold, is nothing to us. `rows`: of one source and security, in the order in which they came; all
 * but the last that go the other way have ended.
 */
export function netted(rows: readonly Traded[]): number {
  const left = new Map<string, number>();
  const followed = rows.filter((row) => row.origin === 'source' && isFollowed(row));
  let taken = 0;
  for (const [nth, row] of followed.entries()) {
    taken = 0;
    if (row.isClosing !== true)
      for (const before of followed.slice(0, nth)) {
        if (before.side === row.side || (before.endedAt !== null && before.endedAt < row.receivedAt)) continue;
        const part = Math.min(left.get(before.key) ?? 0, row.amount - taken);
        left.set(before.key, (left.get(before.key) ?? 0) - part);
        taken += part;
      }
    left.set(row.key, (row.amount - taken) * untraded(row));
  }
  return taken;
}

/** Which part of what it was to trade has not been, 0 to 1. */
function untraded({ end, asked, filled }: Traded): number {
  if (end === null || end === 'filled' || end === 'nothing') return 0;
  if (asked === null || asked <= 0) return 1;
  return Math.max(0, asked - filled) / asked;
}

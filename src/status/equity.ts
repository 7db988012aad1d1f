import type { PartChange } from '../ledger/instance-state.ts';
import type { EquityPoint as KeptPoint } from '../ledger/risk-rows.ts';
import type { EquityPoint } from './types.ts';

/** Points with a mark on the first one after each change of the part of the account that is seen: a step there is no profit. */
export function markedPoints(
  points: readonly KeptPoint[],
  changes: readonly PartChange[],
  firstPoint: (from: number) => number | null,
): EquityPoint[] {
  const shifts = new Map<number, number>();
  for (const { at, shift } of changes) {
    const first = firstPoint(at);
    if (first !== null) shifts.set(first, (shifts.get(first) ?? 0) + shift);
  }
  return points.map((point) => {
    const shift = shifts.get(point.at);
    return shift === undefined ? point : { ...point, shift };
  });
}

/** The same of the last points of days: where the part was changed since the day before. */
export function markedDays(days: readonly KeptPoint[], changes: readonly PartChange[]): EquityPoint[] {
  const [first] = days;
  const later = changes.filter(({ at }) => first !== undefined && at > first.at);
  return markedPoints(days, later, (from) => days.find(({ at }) => at >= from)?.at ?? null);
}

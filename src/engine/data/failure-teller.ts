import type { EngineCalls } from '../../../runtime/border/calls.ts';
import type { Events } from '../events.ts';

/** Tells of data that a strategy did not get, and counts by what was asked and why. */
export function failureTeller(events: Pick<Events, 'emit'>): EngineCalls['dataFailed'] {
  const counts = new Map<string, number>();
  return (what, code, message) => {
    const key = `${what} ${code}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    events.emit({ kind: 'data_failed', what, code, message, count });
  };
}

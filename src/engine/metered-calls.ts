import type { EngineCalls } from '../../runtime/border/calls.ts';
import type { Meter } from '../platform/meter.ts';
import { monotonic } from '../platform/timers.ts';

type Answer = (...args: readonly unknown[]) => unknown;

/** The answers to a strategy's calls, each measured; without a meter they are as they were. */
export function meteredCalls(calls: EngineCalls, meter: Pick<Meter, 'answered'> | null | undefined): EngineCalls {
  if (meter === null || meter === undefined) return calls;
  const measured = Object.entries(calls).map(([name, answer]) => [name, timed(name, answer as Answer, meter)]);
  return Object.fromEntries(measured) as EngineCalls; // by the same names
}

/** A posted call answers at once, an awaited one with a promise. */
function timed(name: string, answer: Answer, meter: Pick<Meter, 'answered'>): Answer {
  return (...args) => {
    const began = monotonic();
    const end = (ok: boolean): void => meter.answered(name, monotonic() - began, ok);
    try {
      const given = answer(...args);
      if (given instanceof Promise)
        given.then(
          () => end(true),
          () => end(false),
        );
      else end(true);
      return given;
    } catch (error) {
      end(false);
      throw error;
    }
  };
}

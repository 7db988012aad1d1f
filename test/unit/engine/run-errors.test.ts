import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { FAULTS, type Fault } from '../../../src/domain/errors.ts';
import { Events, type EngineEvent } from '../../../src/engine/events.ts';
import { RunErrors, type Kind } from '../../../src/engine/run-errors.ts';
import type { DispatchResult } from '../../../src/engine/strategy/types.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';

const ERROR = {
  code: 'STRATEGY_ERROR',
  message: 'x is not defined',
  fault: null,
  stack: 'at demo.ts:3:5',
  location: 'demo.ts:3:5',
} as const;
const OK: DispatchResult = { kind: 'ok' };
const failed: DispatchResult = { kind: 'error', error: ERROR };
const failedBy = (fault: Fault | null): DispatchResult => ({ kind: 'error', error: { ...ERROR, fault } });

let said: EngineEvent[];
let errors: RunErrors;
beforeEach(() => {
  said = [];
  const events = new Events();
  events.on((event) => said.push(event));
  errors = new RunErrors(new SteppedClock(1_000), events);
});

const alarms = (): string[] => said.flatMap((event) => (event.kind === 'alarm' ? [event.alarm.code] : []));
/** Whether the strategy is halted after it. */
const take = (name: string, result: DispatchResult, kind?: Kind): boolean => {
  errors.take(name, result, kind);
  return errors.halted;
};
const takeAll = (results: readonly DispatchResult[]): boolean[] => results.map((result) => take('t', result));
/** Nothing lets a strategy that is gone go on, however it was halted. */
const isGone = (): boolean => {
  takeAll([failed, failed, failed]);
  return errors.halted && !errors.resume();
};

describe('a task that threw', () => {
  it('is kept with its stack and said as it is; the strategy goes on', () => {
    expect(take('open_market', failed)).toBe(false);
    expect(errors.errors).toEqual([
      { time: 1_000, code: 'STRATEGY_ERROR', message: 'x is not defined', stack: ERROR.stack, task: 'open_market' },
    ]);
    expect(said).toEqual([{ kind: 'strategy_error', task: 'open_market', error: ERROR }]);
  });

  it('halts the strategy at the third in a row, not at the second, with an alarm', () => {
    expect(takeAll([failed, failed, failed])).toEqual([false, false, true]);
    expect(alarms()).toEqual(['STRATEGY_HALTED']);
    expect(errors.errors).toHaveLength(3);
  });

  it('one that went well ends nothing, is not kept, and begins the row anew', () => {
    expect(takeAll([OK, failed, failed, OK, failed, failed])).not.toContain(true);
    expect([errors.errors.length, alarms()]).toEqual([4, []]);
  });

  it('a halted strategy stays halted, and the alarm is raised once', () => {
    takeAll([failed, failed, failed]);
    expect(takeAll([OK, failed, failed, failed])).toEqual([true, true, true, true]);
    expect(alarms()).toEqual(['STRATEGY_HALTED']);
  });
});

describe('a strategy that was halted', () => {
  it('goes on when it is resumed, with an all-clear; what counted before counts no more', () => {
    takeAll([failed, failed, failed]);
    expect(errors.halted).toBe(true);
    expect(errors.resume()).toBe(true);
    expect(said.at(-1)).toMatchObject({ kind: 'all_clear', code: 'STRATEGY_HALTED' });
    expect(takeAll([failed, failed])).toEqual([false, false]);
    expect(takeAll([failed])).toEqual([true]);
  });

  it('is not resumed when it was not halted, or has ended', () => {
    expect(errors.resume()).toBe(false);
    takeAll([failed, failed, failed, { kind: 'lost', reason: 'gone' }]);
    expect(errors.resume()).toBe(false);
  });
});

describe('an error that is not the strategy’s', () => {
  it.each(['venue', 'network', 'config'] as const)('%s: is told each time and never halts', (fault) => {
    expect(takeAll(Array.from({ length: 200 }, () => failedBy(fault)))).not.toContain(true);
    expect([errors.errors.length, said.length, alarms()]).toEqual([200, 200, []]);
  });

  it.each(['strategy', 'bug', null] as const)('%s counts', (fault) => {
    expect(takeAll([failedBy(fault), failedBy(fault), failedBy(fault)])).toEqual([false, false, true]);
  });

  it('the last thousand are kept', () => {
    for (let i = 0; i < 1_001; i += 1) {
      errors.take('t', { kind: 'error', error: { ...ERROR, fault: 'venue', message: String(i) } });
    }
    expect([errors.errors.length, errors.errors[0]?.message, errors.errors.at(-1)?.message]).toEqual([
      1_000,
      '1',
      '1000',
    ]);
  });

  it('neither counts nor ends a row, wherever it comes', () => {
    expect(takeAll([failed, failedBy('venue'), failed, failedBy('network'), failed])).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('property: a run is halted exactly when three own errors follow each other, others left out', () => {
    const result = fc.constantFrom<DispatchResult>(OK, ...[...FAULTS, null].map(failedBy));
    fc.assert(
      fc.property(fc.array(result, { maxLength: 20 }), (results) => {
        const run = new RunErrors(new SteppedClock(0), new Events());
        const halted = results
          .map((one) => {
            run.take('t', one);
            return run.halted;
          })
          .includes(true);
        const letters = results.map((one) => (one.kind === 'ok' ? 'o' : own(one) ? 'x' : '')).join('');
        expect(halted).toBe(letters.includes('xxx'));
      }),
    );
  });

  const own = (result: DispatchResult): boolean =>
    result.kind === 'error' && !['venue', 'network', 'config'].includes(result.error.fault ?? '');
});

describe('ticks', () => {
  it('have a row of their own: good ticks do not hide tasks that fail', () => {
    errors.take('t', failed);
    errors.take('handle_tick', OK, 'tick');
    errors.take('t', failed);
    errors.take('handle_tick', failed, 'tick');
    expect(alarms()).toEqual([]);
    expect(take('t', failed)).toBe(true);
  });

  it('halt as tasks do', () => {
    expect([1, 2, 3].map(() => take('handle_tick', failed, 'tick'))).toEqual([false, false, true]);
  });
});

describe('a strategy that is gone', () => {
  const lost: DispatchResult = { kind: 'lost', reason: 'out of memory' };

  it('is an error and an alarm, once, although it is reported twice', () => {
    errors.take('t', lost);
    errors.take('the strategy', lost);
    expect(errors.errors).toMatchObject([{ code: 'STRATEGY_LOST', message: 'out of memory', task: 't' }]);
    expect(alarms()).toEqual(['STRATEGY_LOST']);
    expect(isGone()).toBe(true);
  });

  it('is told also when it was halted before', () => {
    takeAll([failed, failed, failed, lost]);
    expect(alarms()).toEqual(['STRATEGY_HALTED', 'STRATEGY_LOST']);
  });

  it('ended by itself with 0 is no error', () => {
    errors.take('t', { kind: 'exit', code: 0 });
    expect(errors.errors).toEqual([]);
    expect(said).toEqual([{ kind: 'strategy_exit', code: 0 }]);
    expect(isGone()).toBe(true);
  });

  it('ended by itself with another code is one, once', () => {
    errors.take('t', { kind: 'exit', code: 7 });
    errors.take('the strategy', { kind: 'exit', code: 7 });
    expect(errors.errors).toMatchObject([{ code: 'STRATEGY_EXIT', task: 't' }]);
    expect(said).toHaveLength(1);
  });
});

describe('a fault outside any hook', () => {
  it('is kept and said, and ends nothing', () => {
    for (let i = 0; i < 5; i += 1) errors.fault('outside any hook', ERROR);
    expect(errors.errors).toHaveLength(5);
    expect(take('t', OK)).toBe(false);
  });
});

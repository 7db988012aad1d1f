import { beforeEach, describe, expect, it } from 'vitest';
import { RunErrors } from '../../../src/engine/run-errors.ts';
import type { LogEntry } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { collectLog } from './orders/rows.ts';

const ERROR = {
  code: 'STRATEGY_ERROR',
  message: 'x is not defined',
  stack: 'at demo.ts:3:5',
  location: 'demo.ts:3:5',
} as const;
const failed = { kind: 'error', error: ERROR } as const;

let lines: LogEntry[];
let errors: RunErrors;
beforeEach(() => {
  lines = [];
  errors = new RunErrors(new SteppedClock(1_000), collectLog(lines));
});

const alarms = (): string[] => lines.filter((line) => line.text.startsWith('ALARM')).map((line) => line.text);

describe('a task that threw', () => {
  it('is kept with its stack and said with its place; the strategy goes on', () => {
    expect(errors.take('open_market', failed, 1)).toBe(false);
    expect(errors.errors).toEqual([
      { time: 1_000, code: 'STRATEGY_ERROR', message: 'x is not defined', stack: ERROR.stack, task: 'open_market' },
    ]);
    expect(lines).toMatchObject([{ level: 'error', text: 'open_market failed: x is not defined (demo.ts:3:5)' }]);
  });

  it('names no place when there is none', () => {
    errors.take('t', { kind: 'error', error: { ...ERROR, location: null } }, 1);
    expect(lines[0]?.text).toBe('t failed: x is not defined');
  });

  it('halts the strategy at the third in a row, not at the second, with an alarm', () => {
    expect([1, 2, 3].map((count) => errors.take('t', failed, count))).toEqual([false, false, true]);
    expect(alarms()).toHaveLength(1);
    expect(errors.errors).toHaveLength(3);
  });

  it('one that went well ends nothing and is not kept', () => {
    expect(errors.take('t', { kind: 'ok' }, 0)).toBe(false);
    expect([errors.errors, lines]).toEqual([[], []]);
  });
});

describe('a strategy that is gone', () => {
  const lost = { kind: 'lost', reason: 'out of memory' } as const;

  it('is an error and an alarm, once, although it is reported twice', () => {
    expect([errors.take('t', lost, 0), errors.take('the strategy', lost, 0)]).toEqual([true, true]);
    expect(errors.errors).toMatchObject([{ code: 'STRATEGY_LOST', message: 'out of memory', task: 't' }]);
    expect(alarms()).toHaveLength(1);
  });

  it('ended by itself with 0 is no error', () => {
    expect(errors.take('t', { kind: 'exit', code: 0 }, 0)).toBe(true);
    expect([errors.errors, alarms()]).toEqual([[], []]);
    expect(lines).toMatchObject([{ level: 'info' }]);
  });

  it('ended by itself with another code is one, once', () => {
    errors.take('t', { kind: 'exit', code: 7 }, 0);
    errors.take('the strategy', { kind: 'exit', code: 7 }, 0);
    expect(errors.errors).toMatchObject([{ code: 'STRATEGY_EXIT', task: 't' }]);
  });
});

describe('a fault outside any hook', () => {
  it('is kept and said, and ends nothing', () => {
    errors.fault('outside any hook', ERROR);
    expect(errors.errors).toHaveLength(1);
    expect(errors.take('t', { kind: 'ok' }, 0)).toBe(false);
  });
});

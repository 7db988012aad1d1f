import { expect, it } from 'vitest';
import type { Steps } from '../../../src/domain/steps.ts';
import { prepareInBackground } from '../../../src/cli/server-prepare.ts';
import type { Log } from '../../../src/platform/log.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { FakeTimers } from '../platform/fake-timers.ts';

function listening(): { readonly log: Log; readonly warnings: string[] } {
  const warnings: string[] = [];
  return { log: { ...nullLog, warning: (text) => void warnings.push(text) }, warnings };
}

function* steps(count: number, done: { count: number }): Steps<void> {
  for (; done.count < count; done.count += 1) yield;
}

it('a server prepares its market in the seconds after READY, not in the first', async () => {
  const timers = new FakeTimers();
  const { log, warnings } = listening();
  const done = { count: 0 };
  const over = prepareInBackground({ prepare: () => steps(10, done) }, new AbortController().signal, log, timers);
  await timers.advance(999);
  expect(done.count).toBe(0);
  await timers.advance(1);
  await over;
  expect([done.count, warnings]).toEqual([10, []]);
});

it('a server that is stopped prepares no more', async () => {
  const timers = new FakeTimers();
  const stop = new AbortController();
  const done = { count: 0 };
  const over = prepareInBackground({ prepare: () => steps(10, done) }, stop.signal, nullLog, timers);
  stop.abort();
  await over;
  expect([done.count, timers.armed]).toEqual([0, 0]);
});

it('a market that cannot be prepared is no end of the server: it says so', async () => {
  const timers = new FakeTimers();
  const { log, warnings } = listening();
  const failing = function* failing(): Steps<void> {
    yield;
    throw new RangeError('the calendar is over.');
  };
  const over = prepareInBackground({ prepare: failing }, new AbortController().signal, log, timers);
  await timers.advance(1100);
  await over;
  expect(warnings).toEqual([expect.stringContaining('the calendar is over.')]);
});

import { expect, test } from 'vitest';
import { PRESSED, trial } from './trial.ts';

test('an endless loop', async () => {
  const { end } = await trial({ body: 'for (;;);', endless: true });
  expect(end).toEqual({ kind: 'lost', reason: `${PRESSED} while misbehave ran` });
});

test('an endless loop of calls into the engine', async () => {
  const { end } = await trial({ body: 'for (;;) get_trades();', endless: true });
  expect(end).toEqual({ kind: 'lost', reason: `${PRESSED} while misbehave ran` });
});

test('one that nobody ends is ended at its time-out', async () => {
  const { end } = await trial({ body: 'for (;;);', limits: { hookTimeoutMs: 5_000 } });
  expect(end).toEqual({ kind: 'lost', reason: 'misbehave ran longer than 5 s (HOOK_TIME_OUT)' });
});

import { expect, it } from 'vitest';
import { BtError } from '../../../../../src/domain/errors.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import type { Quote } from '../../../../../src/domain/trading.ts';
import { planningQuote } from '../../../../../src/engine/orders/planning/planning-quote.ts';
import { aQuote } from '../../../domain/order/builders.ts';
import { Bench, DAY } from '../rows.ts';

/** What comes of a venue that shows these books (times of day; null = without a time), the last one for ever. */
async function asked(
  now: string,
  times: readonly (string | null)[],
): Promise<{ time: string | null; asks: number; took: number; said: number }> {
  const bench = new Bench(chinaInstant(DAY, now));
  let asks = 0;
  const ask = (): Promise<Quote> => {
    const time = times[Math.min(asks, times.length - 1)] ?? null;
    asks += 1;
    return Promise.resolve(aQuote({ time: time === null ? null : chinaInstant(DAY, time) }));
  };
  const { clock, timers, events } = bench;
  const hasMoved = (): Promise<boolean> => Promise.resolve(true);
  const work = planningQuote('000001.XSHE', { clock, timers, events, orderId: 'o1', ask, maxAgeMs: 0, hasMoved });
  let done = false;
  const finished = (): boolean => done;
  const end = work.then(() => (done = true));
  for (let i = 0; i < 100 && !finished(); i += 1) await bench.pass(50);
  await end;
  const quote = await work;
  const time = times.find((each) => each !== null && chinaInstant(DAY, each) === quote?.time) ?? null;
  const result = { time, asks, took: timers.monotonic(), said: bench.said('is old', 'warning') };
  bench.close();
  return result;
}

it.each([
  ['a book of three seconds ago', '10:00:04', '10:00:01'],
  ['one of before the opening, while there is no trading', '09:26:00', '09:25:03'],
  ['one that does not say when it is of', '10:00:00', null],
  ['one of the clock’s future', '10:00:00', '10:00:02'],
])('goes by %s', async (_, now, time) => {
  expect(await asked(now, [time])).toMatchObject({ time, asks: 1, said: 0 });
});

it.each([
  ['09:30:00', '09:25:03', '09:30:00'],
  // Trading stood still at noon, and this book has 1.5 hours behind it.
  ['13:00:00', '11:29:57', '13:00:00'],
])('at %s asks again for a book newer than %s', async (now, old, fresh) => {
  expect(await asked(now, [old, old, fresh])).toMatchObject({ time: fresh, asks: 3, said: 0 });
});

it('gives up after a second, uses the old one and says so', async () => {
  const { took, ...result } = await asked('09:30:00', ['09:25:03']);
  expect(result).toEqual({ time: '09:25:03', asks: 6, said: 1 });
  expect(took).toBeLessThanOrEqual(1_100);
});

it('asks once more for one that is merely old: where little is traded it is the latest there is', async () => {
  expect(await asked('10:00:06', ['10:00:00', '10:00:06'])).toMatchObject({ time: '10:00:06', asks: 2, said: 0 });
  expect(await asked('10:00:20', ['10:00:00'])).toMatchObject({ time: '10:00:00', asks: 2, said: 1 });
});

/** As `asked`, of a venue whose books come at instants of the clock: the first of today at `first`. */
async function inTheCall(now: string, first: string, maxAgeMs = 30_000): Promise<{ result: string; took: number }> {
  const bench = new Bench(chinaInstant(DAY, now));
  const { clock, timers, events } = bench;
  const ask = (): Promise<Quote> => {
    const isThere = clock.now() >= chinaInstant(DAY, first);
    return Promise.resolve(aQuote({ time: isThere ? clock.now() : instant('2026-07-03 15:00:00') }));
  };
  const hasMoved = (): Promise<boolean> => Promise.resolve(true);
  let result = '';
  planningQuote('000001.XSHE', { clock, timers, events, orderId: 'o1', ask, maxAgeMs, hasMoved }).then(
    () => (result = 'taken'),
    (error: unknown) => (result = error instanceof BtError ? error.code : 'other'),
  );
  const isDone = (): boolean => result !== '';
  for (let i = 0; i < 200 && !isDone(); i += 1) await bench.pass(50);
  const took = timers.monotonic();
  bench.close();
  return { result, took };
}

it('waits up to 5 s for the first book of the opening call', async () => {
  expect(await inTheCall('09:15:00', '09:15:03')).toMatchObject({ result: 'taken' });
  const late = await inTheCall('09:15:00', '09:15:07');
  expect(late.result).toBe('QUOTE_OLD');
  expect(late.took).toBeGreaterThanOrEqual(5_000);
  expect(late.took).toBeLessThanOrEqual(5_300);
});

it('waits a second only where the age of quotes is not looked at', async () => {
  const { result, took } = await inTheCall('09:15:00', '09:15:07', 0);
  expect([result, took <= 1_100]).toEqual(['taken', true]);
});

/** What is planned on: the quote, or why not. `moved`: whether anything else in the feed has. */
async function judged(
  now: string,
  time: string | null,
  change: { moved?: boolean; maxAgeMs?: number; security?: string } = {},
): Promise<string> {
  const { moved = false, maxAgeMs = 30_000, security = '000001.XSHE' } = change;
  const bench = new Bench(chinaInstant(DAY, now));
  const { clock, timers, events } = bench;
  const at = time === null ? null : time.length > 8 ? instant(time) : chinaInstant(DAY, time);
  const ask = (): Promise<Quote> => Promise.resolve(aQuote({ security, time: at }));
  const asked: number[] = [];
  const hasMoved = (ms: number): Promise<boolean> => {
    asked.push(ms);
    return Promise.resolve(moved);
  };
  let result: string | null = null;
  planningQuote(security, { clock, timers, events, orderId: 'o1', ask, maxAgeMs, hasMoved }).then(
    () => (result = asked.length === 0 ? 'taken' : 'taken, the feed lives'),
    (error: unknown) => (result = error instanceof BtError ? `${error.code} ${error.fault} ${error.message}` : 'other'),
  );
  const isDone = (): boolean => result !== null;
  for (let i = 0; i < 200 && !isDone(); i += 1) await bench.pass(50);
  bench.close();
  return result ?? 'nothing came';
}

const instant = (text: string): number => chinaInstant(text.slice(0, 10), text.slice(11));

it.each([
  ['one of 25 s ago', '10:00:25', '10:00:00', {}, 'taken'],
  ['one of the auction, just after the opening', '09:30:20', '09:25:00', {}, 'taken'],
  ['one of before noon, just after it', '13:00:20', '11:29:50', {}, 'taken'],
  ['a quiet one of a feed that lives', '14:00:00', '09:31:00', { moved: true }, 'taken, the feed lives'],
  ['one of before the opening, in the call', '09:16:00', '09:15:03', {}, 'taken'],
  ['yesterday’s, while nothing can be sent yet', '09:00:00', '2026-07-03 15:00:00', {}, 'taken'],
  ['one of eight months ago where that is not looked at', '10:00:00', '2025-11-03 10:00:00', { maxAgeMs: 0 }, 'taken'],
  ['one without a time where that is not looked at', '10:00:00', null, { maxAgeMs: 0 }, 'taken'],
  ['the close, for a repo after it', '15:10:10', '15:10:03', { security: '204001.XSHG' }, 'taken'],
  ['a quiet repo’s, when nothing else trades any more', '15:10:00', '15:02:00', { security: '131806.XSHE' }, 'taken'],
  [
    'a quiet repo’s, in the closing call of everything else',
    '14:58:00',
    '14:50:00',
    { security: '131806.XSHE' },
    'taken',
  ],
] as const)('plans on %s', async (_, now, time, change, result) => {
  expect(await judged(now, time, change)).toBe(result);
});

it.each([
  ['of eight months ago', '10:00:00', '2025-11-03 10:00:00', { moved: true }, /of 2025-11-03 10:00:00, not of today/],
  ['of yesterday, in the opening call', '09:15:30', '2026-07-03 15:00:00', {}, /not of today/],
  ['of yesterday, right after the opening', '09:30:01', '2026-07-03 15:00:00', { moved: true }, /not of today/],
  ['of tomorrow', '10:00:00', '2026-07-07 10:00:00', { moved: true }, /not of today/],
  ['of a feed that stands still', '10:00:31', '10:00:00', {}, /nothing at all has moved .* for 30 s/],
  [
    'of a feed that stands still, of a repo',
    '14:56:59',
    '14:50:00',
    { security: '131806.XSHE' },
    /nothing at all has moved/,
  ],
  [
    'of yesterday, of a repo after the close',
    '15:10:00',
    '2026-07-03 15:20:00',
    { security: '131806.XSHE' },
    /not of today/,
  ],
  ['of a feed that never began', '09:30:31', '09:25:00', {}, /nothing at all has moved/],
  ['without a time', '10:00:00', null, { moved: true }, /does not say of when/],
] as const)('refuses to plan on one %s', async (_, now, time, change, text) => {
  const result = await judged(now, time, change);
  expect(result).toMatch(/^QUOTE_OLD venue /);
  expect(result).toMatch(text);
  expect(result).toContain('QUOTE_MAX_AGE_SECONDS=120');
  expect(result).toContain('0 switches this off');
});

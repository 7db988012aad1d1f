import { expect, it } from 'vitest';
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
  const work = planningQuote('000001.XSHE', { clock, timers, events, ask });
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

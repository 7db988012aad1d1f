import { expect, it } from 'vitest';
import type { Quote } from '../../../../src/domain/trading.ts';
import { FeedPulse } from '../../../../src/engine/data/feed-pulse.ts';
import { QuoteBoard } from '../../../../src/engine/data/quote-board.ts';
import { aQuote } from '../../domain/order/builders.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';

const NOW = Date.parse('2026-07-06T10:00:00+08:00');

it('lives when any quote is of now, or when any has changed under our eyes', () => {
  const pulse = new FeedPulse();
  const moved = (now = NOW): boolean => pulse.movedWithin(30_000, now);
  expect(moved()).toBe(false);
  pulse.note(aQuote({ time: NOW - 40_000 }), NOW);
  pulse.note(aQuote({ time: NOW - 40_000 }), NOW);
  expect(moved()).toBe(false);
  // A gateway whose clock is behind ours: its quotes move all the same.
  pulse.note(aQuote({ time: NOW - 37_000, volume: 100_100 }), NOW);
  expect([moved(), moved(NOW + 30_000), moved(NOW + 30_001)]).toEqual([true, true, false]);
  pulse.note(aQuote({ security: '510300.XSHG', time: NOW + 40_000 }), NOW + 40_000);
  expect(moved(NOW + 60_000)).toBe(true);
});

it('does not take a quote of tomorrow for life', () => {
  const pulse = new FeedPulse();
  pulse.note(aQuote({ time: NOW + 86_400_000 }), NOW);
  expect(pulse.movedWithin(30_000, NOW)).toBe(false);
});

it.each([
  ['stands still', 0, false],
  ['moves, with a clock that is behind', 1, true],
])('a board looks at busy securities when it does not know: a feed that %s', async (_, step, lives) => {
  const timers = new FakeTimers();
  let volume = 1000;
  let looks = 0;
  const quotes = (codes: readonly string[]): Promise<Map<string, Quote>> => {
    looks += 1;
    volume += step;
    return Promise.resolve(
      new Map(codes.map((security) => [security, aQuote({ security, time: NOW - 600_000, volume })])),
    );
  };
  const data = { quotes, quote: () => Promise.resolve(null), onTick: () => () => undefined };
  const board = new QuoteBoard(data, timers, { now: () => NOW + timers.monotonic() });
  let result: boolean | null = null;
  void board.hasMoved(30_000).then((moved) => (result = moved));
  const isDone = (): boolean => result !== null;
  for (let i = 0; i < 200 && !isDone(); i += 1) {
    await nextTurn();
    timers.pass(50);
  }
  expect(result).toBe(lives);
  expect(looks).toBeLessThanOrEqual(8);
  board.stop();
});

it('a board that cannot read says that nothing has moved', async () => {
  const timers = new FakeTimers();
  const quotes = (): Promise<never> => Promise.reject(new Error('the link is down'));
  const data = { quotes, quote: () => Promise.resolve(null), onTick: () => () => undefined };
  const board = new QuoteBoard(data, timers, { now: () => NOW });
  let result: boolean | null = null;
  void board.hasMoved(30_000).then((moved) => (result = moved));
  const isDone = (): boolean => result !== null;
  for (let i = 0; i < 200 && !isDone(); i += 1) {
    await nextTurn();
    timers.pass(50);
  }
  expect(result).toBe(false);
  board.stop();
});

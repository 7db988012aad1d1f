import { expect, it } from 'vitest';
import { SeenQuotes } from '../../../../../src/engine/orders/planning/seen-quotes.ts';
import { aQuote } from '../../../domain/order/builders.ts';
import { FakeTimers } from '../../../platform/fake-timers.ts';

const quote = aQuote();

it('a quote that came with an order is its own, once, for a moment', () => {
  const timers = new FakeTimers();
  const seen = new SeenQuotes(timers);
  seen.note('a', quote);
  seen.note('b', quote);
  expect(seen.take('c')).toBeNull();
  expect(seen.take('a')).toBe(quote);
  expect(seen.take('a')).toBeNull();
  timers.pass(21);
  expect(seen.take('b')).toBeNull();
});

it('a quote of an order that has been planned otherwise is forgotten', () => {
  const seen = new SeenQuotes(new FakeTimers());
  seen.note('a', quote);
  seen.forget('a');
  expect(seen.take('a')).toBeNull();
});

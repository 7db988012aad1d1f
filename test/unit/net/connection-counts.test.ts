import { describe, expect, test } from 'vitest';
import { ConnectionCounts, networkOf } from '../../../src/net/connection-counts.ts';
import type { Place } from '../../../src/net/connection-counts.ts';
import {
  FREE_GUESSES,
  GUESS_COST_MS,
  GUESS_MEMORY_MS,
  MAX_UNAUTHENTICATED,
  MAX_UNAUTHENTICATED_PER_ADDRESS,
} from '../../../src/net/guess-limits.ts';
import { FakeTimers } from '../platform/fake-timers.ts';

const BAD = '203.0.113.9';
const GOOD = '198.51.100.7';

function counts(maxSessions = 2): { readonly counts: ConnectionCounts; readonly timers: FakeTimers } {
  const timers = new FakeTimers();
  return { counts: new ConnectionCounts(maxSessions, timers), timers };
}

/** The place of a connection that finds one. */
function arrive(from: ConnectionCounts, address: string | null = GOOD): Place {
  const place = from.strangerArrives(address);
  if (typeof place === 'string') throw new Error(place);
  return place;
}

/** Guesses tokens as fast as it is let; how often it could. */
function guess(from: ConnectionCounts, address: string, tries: number): number {
  let done = 0;
  for (let n = 0; n < tries; n += 1) {
    const place = from.strangerArrives(address);
    if (typeof place === 'string') continue;
    place.wrongToken();
    place.leave();
    done += 1;
  }
  return done;
}

describe('places of strangers', () => {
  test('one address takes so many and no more; others come in, and what it leaves it has again', () => {
    const { counts: all } = counts();
    const half = Array.from({ length: MAX_UNAUTHENTICATED_PER_ADDRESS }, () => arrive(all, BAD));
    expect(all.strangerArrives(BAD)).toMatch(/of its address have not authenticated/u);
    expect(arrive(all).promote()).toBe(true);
    half[0]?.leave();
    half[0]?.leave();
    arrive(all, BAD);
    expect(all.strangerArrives(BAD)).toBeTypeOf('string');
  });

  test('all together have a bound too; without an address it is the only one', () => {
    const { counts: all } = counts();
    for (let n = 0; n < MAX_UNAUTHENTICATED; n += 1) arrive(all, null);
    expect(all.strangerArrives(GOOD)).toMatch(/others have not authenticated/u);
  });

  test('sessions have slots of their own, each given back once', () => {
    const { counts: all } = counts();
    const places = [arrive(all), arrive(all), arrive(all)] as const;
    expect(places.map((place) => place.promote())).toEqual([true, true, false]);
    expect(all.sessions).toBe(2);
    for (let n = 0; n < 2; n += 1) places[0].leave();
    expect(all.sessions).toBe(1);
    expect(places[2].promote()).toBe(true);
  });
});

describe('wrong tokens', () => {
  test('cost nothing at first, then a place each for a while: a few guesses a second, however fast they come', () => {
    const { counts: all, timers } = counts();
    expect(guess(all, BAD, 5000)).toBe(FREE_GUESSES + MAX_UNAUTHENTICATED_PER_ADDRESS);
    let more = 0;
    for (let second = 0; second < 60; second += 1) {
      timers.pass(1000);
      more += guess(all, BAD, 1700);
    }
    expect(more / 60).toBeLessThanOrEqual((MAX_UNAUTHENTICATED_PER_ADDRESS * 1000) / GUESS_COST_MS);
    // Nobody else pays for it.
    expect(arrive(all).promote()).toBe(true);
  });

  test('are forgotten in the end', () => {
    const { counts: all, timers } = counts();
    guess(all, BAD, FREE_GUESSES);
    timers.pass(GUESS_MEMORY_MS + 1);
    guess(all, BAD, FREE_GUESSES);
    expect(Array.from({ length: MAX_UNAUTHENTICATED_PER_ADDRESS }, () => arrive(all, BAD))).toHaveLength(
      MAX_UNAUTHENTICATED_PER_ADDRESS,
    );
  });

  test('of many addresses cost no memory for good', () => {
    const { counts: all, timers } = counts();
    for (let n = 0; n < 5000; n += 1) {
      arrive(all, `10.0.${n >> 8}.${n & 255}`).leave();
      timers.pass(1);
    }
    expect(guess(all, BAD, 5000)).toBe(FREE_GUESSES + MAX_UNAUTHENTICATED_PER_ADDRESS);
  });
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '::ffff:203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s is of %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

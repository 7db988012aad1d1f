import { afterEach, describe, expect, it, vi } from 'vitest';
import { newClientId, randomFraction, sessionId, shortId, uuid } from '../../../src/platform/ids.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('newClientId', () => {
  it('is 20 characters [0-9a-z]', () => {
    expect(newClientId()).toMatch(/^[0-9a-z]{20}$/);
  });

  it('grows as text within a process, also within one millisecond', () => {
    vi.useFakeTimers({ now: 1_783_301_670_000 });
    const ids = Array.from({ length: 50_000 }, () => newClientId());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('sorts by time', () => {
    vi.useFakeTimers({ now: 1_999_000_000_000 });
    const first = newClientId();
    vi.setSystemTime(1_999_000_000_001);
    const second = newClientId();
    vi.setSystemTime(2_100_000_000_000);
    const third = newClientId();
    expect([third, first, second].toSorted()).toEqual([first, second, third]);
  });

  it('keeps growing when the wall clock is set back', () => {
    vi.useFakeTimers({ now: 2_200_000_000_000 });
    const before = newClientId();
    vi.setSystemTime(2_199_999_000_000);
    const after = newClientId();
    expect([after, before].toSorted()).toEqual([before, after]);
  });
});

it('shortId is 8 characters [0-9a-z], hardly ever the same', () => {
  const ids = Array.from({ length: 2_000 }, () => shortId());
  for (const id of ids) expect(id).toMatch(/^[0-9a-z]{8}$/);
  expect(new Set(ids).size).toBe(ids.length);
});

it('sessionId looks as a gateway writes it', () => {
  expect(sessionId()).toMatch(/^s[0-9a-f]{12}$/);
  expect(sessionId()).not.toBe(sessionId());
});

it('uuid is a version 4 UUID', () => {
  expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('randomFraction is in [0, 1)', () => {
  for (let i = 0; i < 1_000; i += 1) {
    const value = randomFraction();
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThan(1);
  }
});

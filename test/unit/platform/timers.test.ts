import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  after,
  delay,
  every,
  inTime,
  monotonic,
  systemTimers,
  wallNow,
  whenAborted,
} from '../../../src/platform/timers.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_783_301_670_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('after', () => {
  it('fires once, not synchronously', () => {
    let fired = 0;
    after(0, () => {
      fired += 1;
    });
    expect(fired).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(fired).toBe(1);
  });

  it('fires no earlier than asked and can be cancelled', () => {
    const fired: string[] = [];
    after(100, () => fired.push('kept'));
    const cancelled = after(100, () => fired.push('cancelled'));
    vi.advanceTimersByTime(99);
    expect(fired).toEqual([]);
    cancelled.cancel();
    cancelled.cancel();
    vi.advanceTimersByTime(1);
    expect(fired).toEqual(['kept']);
  });

  it('waits longer than the 24.8 days a Node timer holds', () => {
    const days = 24 * 3_600_000;
    let fired = false;
    after(60 * days, () => {
      fired = true;
    });
    const cancelled = after(60 * days, () => {
      throw new Error('cancelled');
    });
    vi.advanceTimersByTime(40 * days);
    cancelled.cancel();
    expect(fired).toBe(false);
    vi.advanceTimersByTime(20 * days + 10);
    expect(fired).toBe(true);
  });

  it('takes a negative wait as none', () => {
    let fired = false;
    after(-5, () => {
      fired = true;
    });
    vi.advanceTimersByTime(1);
    expect(fired).toBe(true);
  });
});

it('every fires again and again until cancelled', () => {
  let fired = 0;
  const timer = every(50, () => {
    fired += 1;
  });
  vi.advanceTimersByTime(160);
  expect(fired).toBe(3);
  timer.cancel();
  vi.advanceTimersByTime(160);
  expect(fired).toBe(3);
});

describe('delay', () => {
  it('resolves after its time', async () => {
    let done = false;
    const waiting = (async () => {
      await delay(20);
      done = true;
    })();
    await vi.advanceTimersByTimeAsync(19);
    expect(done).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(done).toBe(true);
  });

  it('ends early when its signal aborts, and leaves no timer behind', async () => {
    const abort = new AbortController();
    const waiting = delay(60_000, abort.signal);
    abort.abort();
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
    await delay(60_000, abort.signal);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no listener on a signal that never aborts', async () => {
    const abort = new AbortController();
    const removed = vi.spyOn(abort.signal, 'removeEventListener');
    const waiting = delay(10, abort.signal);
    await vi.advanceTimersByTimeAsync(10);
    await waiting;
    expect(removed).toHaveBeenCalledOnce();
  });
});

describe('whenAborted', () => {
  it('tells once when the signal aborts, at once when it has, and never when it is not waited for any more', () => {
    const abort = new AbortController();
    const [waits, leaves, late] = [vi.fn(), vi.fn(), vi.fn()];
    whenAborted(abort.signal, waits);
    whenAborted(abort.signal, leaves)();
    abort.abort();
    whenAborted(abort.signal, late)();
    expect([waits, leaves, late].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1]);
  });

  it('waits for nothing where there is no signal', () => {
    const tell = vi.fn();
    whenAborted(undefined, tell)();
    expect(tell).not.toHaveBeenCalled();
  });
});

it('reads the wall clock and a clock that only grows', () => {
  expect(wallNow()).toBe(1_783_301_670_000);
  const before = monotonic();
  vi.advanceTimersByTime(500);
  vi.setSystemTime(1_000);
  expect(wallNow()).toBe(1_000);
  expect(monotonic() - before).toBe(500);
});

it('is one object for those who take it as a port', () => {
  expect(systemTimers).toEqual({ after, every, monotonic, wallNow });
});

describe('inTime', () => {
  it('is what the work comes to, and keeps no timer', async () => {
    await expect(inTime(systemTimers, 100, Promise.resolve('done'), () => 'late')).resolves.toBe('done');
    await expect(inTime(systemTimers, 100, Promise.reject(new Error('failed')), () => 'late')).rejects.toThrow(
      'failed',
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is what is said of work that has not ended by then, which may throw', async () => {
    const never = new Promise<string>(() => {});
    const said = inTime(systemTimers, 100, never, () => 'late');
    const refused = inTime(systemTimers, 100, never, () => {
      throw new Error('too late');
    });
    const refusal = expect(refused).rejects.toThrow('too late');
    await vi.advanceTimersByTimeAsync(100);
    await expect(said).resolves.toBe('late');
    await refusal;
  });
});

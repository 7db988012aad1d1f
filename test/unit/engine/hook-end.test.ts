import { beforeEach, describe, expect, test } from 'vitest';
import { HookEnd } from '../../../src/engine/hook-end.ts';
import { FakeTimers, settle } from '../platform/fake-timers.ts';

let timers: FakeTimers;
let said: string[];
let press: AbortController;
let ends: HookEnd;

beforeEach(() => {
  timers = new FakeTimers();
  said = [];
  press = new AbortController();
  ends = new HookEnd({
    timers,
    endNow: press.signal,
    strategy: { endNow: (reason) => said.push(reason) },
    end: () => said.push('the run ends'),
  });
});

describe('a hook that runs when its run has to end', () => {
  test('has 20 s after --until, longer than an order is waited for', () => {
    ends.afterGrace('--until has passed');
    timers.pass(19_999);
    expect(said).toEqual(['the run ends']);
    timers.pass(1);
    expect(said).toEqual(['the run ends', '--until has passed']);
  });

  test('is left alone when the run has ended before', () => {
    ends.afterGrace('--until has passed');
    ends.cancel();
    press.abort();
    timers.pass(60_000);
    expect(said).toEqual(['the run ends']);
    expect(timers.armed).toBe(0);
  });

  test('is ended at once when Ctrl-C is pressed twice, also before anything else', () => {
    press.abort();
    expect(said).toEqual(['Ctrl-C was pressed twice', 'the run ends']);
  });
});

describe('what a gateway is asked at the end', () => {
  test('is waited for, whether it comes or fails', async () => {
    await ends.orSoon(Promise.resolve());
    await ends.orSoon(Promise.reject(new Error('the link is down')));
  });

  test('is waited for 3 s at most when Ctrl-C was pressed twice', async () => {
    let over = false;
    const waiting = ends.orSoon(new Promise(() => undefined)).then(() => {
      over = true;
      return over;
    });
    press.abort();
    timers.pass(2_999);
    await Promise.resolve();
    expect(over).toBe(false);
    timers.pass(1);
    expect(await waiting).toBe(true);
  });

  test('is waited for 10 s at most when nobody presses anything', async () => {
    let over = false;
    const waiting = ends.orSoon(new Promise(() => undefined)).then(() => (over = true));
    timers.pass(9_999);
    await settle();
    expect(over).toBe(false);
    timers.pass(1);
    expect(await waiting).toBe(true);
    expect(timers.armed).toBe(0);
  });
});

describe('what runs when a run closes', () => {
  const cutOff = (): Promise<void> => {
    said.push('cut off');
    return Promise.resolve();
  };

  test('is waited for; the gateway is cut off only when it does not end in 2 s', async () => {
    await ends.closing(Promise.resolve(), cutOff);
    await ends.closing(Promise.reject(new Error('it broke')), cutOff);
    expect(said).toEqual([]);
    const work = Promise.withResolvers<void>();
    const closing = ends.closing(work.promise, cutOff);
    await timers.advance(1_999);
    expect(said).toEqual([]);
    await timers.advance(1);
    expect(said).toEqual(['cut off']);
    work.resolve();
    await closing;
    expect(timers.armed).toBe(0);
  });

  test('is not waited for after that', async () => {
    let over = false;
    void ends.closing(new Promise(() => undefined), () => new Promise(() => undefined)).then(() => (over = true));
    await timers.advance(3_999);
    expect(over).toBe(false);
    await timers.advance(1);
    expect(over).toBe(true);
  });
});

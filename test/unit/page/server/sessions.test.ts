import { describe, expect, test } from 'vitest';
import { IDLE_MS, LONGEST_MS, MOST_SESSIONS, Sessions } from '../../../../src/page/server/sessions.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';

function start(): { readonly sessions: Sessions; readonly timers: FakeTimers } {
  const timers = new FakeTimers();
  return { sessions: new Sessions(timers), timers };
}

describe('a session', () => {
  test('goes on while it is used, and no longer than a week', () => {
    const { sessions, timers } = start();
    const secret = sessions.begin();
    for (let used = 0; used + IDLE_MS < LONGEST_MS; used += IDLE_MS) {
      timers.pass(IDLE_MS);
      expect(sessions.use(secret)).toBe(true);
    }
    timers.pass(IDLE_MS);
    expect(sessions.use(secret)).toBe(true);
    timers.pass(1);
    expect(sessions.use(secret)).toBe(false);
  });

  test('that nobody uses ends', () => {
    const { sessions, timers } = start();
    const secret = sessions.begin();
    timers.pass(IDLE_MS + 1);
    expect(sessions.use(secret)).toBe(false);
  });

  test('is nobody’s without its secret, and over when it is ended', () => {
    const { sessions } = start();
    const [one, other] = [sessions.begin(), sessions.begin()];
    expect(one).not.toBe(other);
    expect([null, '', `${one}x`, one.toUpperCase()].map((secret) => sessions.use(secret))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    sessions.end(one);
    expect([sessions.use(one), sessions.use(other)]).toEqual([false, true]);
  });

  test('tells once that it ends, however it does, and nothing to who does not want to know any more', () => {
    const { sessions, timers } = start();
    const [ended, forgotten, old] = [sessions.begin(), sessions.begin(), sessions.begin()];
    const told: string[] = [];
    sessions.onEnd(ended, () => told.push('ended'));
    sessions.onEnd(forgotten, () => told.push('forgotten'))();
    sessions.onEnd(old, () => told.push('old'));
    sessions.onEnd('nobody', () => told.push('nobody'));
    for (const secret of [ended, ended, forgotten]) sessions.end(secret);
    expect(told).toEqual(['ended']);
    timers.pass(IDLE_MS + 1);
    sessions.use(old);
    expect(told).toEqual(['ended', 'old']);
  });

  test('of which there are too many costs the one that was used longest ago', () => {
    const { sessions, timers } = start();
    const secrets = Array.from({ length: MOST_SESSIONS }, () => {
      timers.pass(10);
      return sessions.begin();
    });
    timers.pass(10);
    sessions.use(secrets[0] ?? null);
    timers.pass(10);
    sessions.begin();
    expect(secrets.map((secret) => sessions.use(secret)).indexOf(false)).toBe(1);
  });

  test('ends what was opened in it at its limit, though nobody asks', () => {
    const { sessions, timers } = start();
    const [idle, used] = [sessions.begin(), sessions.begin()];
    const told: string[] = [];
    sessions.onEnd(idle, () => told.push('idle'));
    sessions.onEnd(used, () => told.push('used'));
    timers.pass(IDLE_MS - 1);
    expect(sessions.use(used)).toBe(true);
    timers.pass(2);
    expect(told).toEqual(['idle']);
    for (let passed = IDLE_MS + 1; passed + IDLE_MS <= LONGEST_MS; passed += IDLE_MS - 1) {
      timers.pass(IDLE_MS - 2);
      sessions.use(used);
    }
    expect(told).toEqual(['idle']);
    timers.pass(IDLE_MS);
    expect(told).toEqual(['idle', 'used']);
  });
});

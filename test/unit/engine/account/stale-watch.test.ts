import { beforeEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { StaleWatch } from '../../../../src/engine/account/stale-watch.ts';
import { Events, type EngineEvent } from '../../../../src/engine/events.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';

let timers: FakeTimers;
let heard: EngineEvent[];
let asOf: number | null;
let waits: string | null;
let watch: StaleWatch;
beforeEach(() => {
  timers = new FakeTimers();
  [heard, waits] = [[], null];
  asOf = chinaInstant('2026-07-06', '09:35:00');
  const events = new Events();
  events.on((event) => heard.push(event));
  watch = new StaleWatch({ timers, events, asOf: () => asOf, waits: () => waits });
});

const codes = (): string[] =>
  heard.flatMap((event) =>
    event.kind === 'alarm' ? [event.alarm.code] : event.kind === 'all_clear' ? [`${event.code} over`] : [],
  );

describe('what is shown of the account', () => {
  it('that no reading renews for 30 s is an alarm, once, that says of when it is', () => {
    for (let second = 0; second < 30; second += 1) {
      watch.reads();
      expect(codes()).toEqual([]);
      timers.pass(1_000);
    }
    for (let second = 0; second < 300; second += 1) {
      watch.reads();
      timers.pass(1_000);
    }
    expect(codes()).toEqual(['ACCOUNT_STALE']);
    expect(heard[0]).toMatchObject({ alarm: { subject: null, text: expect.stringContaining('2026-07-06 09:35:00') } });
  });

  it('renewed in time is none, and the time counts from the next failure', () => {
    watch.reads();
    timers.pass(29_000);
    watch.taken();
    timers.pass(60_000);
    watch.reads();
    timers.pass(29_000);
    expect(codes()).toEqual([]);
    timers.pass(1_000);
    expect(codes()).toEqual(['ACCOUNT_STALE']);
  });

  it('up to date again is said once, and a later time is a new alarm', () => {
    watch.reads();
    timers.pass(30_000);
    watch.taken();
    watch.taken();
    watch.reads();
    timers.pass(30_000);
    expect(codes()).toEqual(['ACCOUNT_STALE', 'ACCOUNT_STALE over', 'ACCOUNT_STALE']);
  });

  it('is the gate’s to tell while trading waits, and counts anew when it goes on', () => {
    waits = 'the connection is down';
    for (let second = 0; second < 120; second += 1) {
      watch.reads();
      timers.pass(1_000);
    }
    expect(codes()).toEqual([]);
    waits = null;
    for (let second = 0; second < 60; second += 1) {
      watch.reads();
      timers.pass(1_000);
    }
    expect(codes()).toEqual(['ACCOUNT_STALE']);
  });

  it('is nobody’s business after the end', () => {
    watch.reads();
    watch.stop();
    timers.pass(60_000);
    expect(codes()).toEqual([]);
  });
});

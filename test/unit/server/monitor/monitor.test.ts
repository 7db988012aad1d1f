import { describe, expect, test } from 'vitest';
import { chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import type { Gateway } from '../../../../src/server/adapters/gateway.ts';
import { openHistory } from '../../../../src/server/monitor/history-file.ts';
import type { History } from '../../../../src/server/monitor/history.ts';
import { Monitor } from '../../../../src/server/monitor/monitor.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { listeningLog } from '../world.ts';

type Tell = (account: string) => Promise<void>;

/** A gateway whose accounts hold nothing, once `tell` has resolved. */
function gateway(tell: Tell): Gateway {
  const totals = {
    accountId: '1',
    availableCash: 1,
    transferableCash: 1,
    frozenCash: 0,
    marketValue: 0,
    totalValue: 1,
  };
  const broker = (account: string) => ({
    account: async () => {
      await tell(account);
      return totals;
    },
    positions: async () => [],
  });
  return { broker: ({ key }: { key: string }) => broker(key) } as unknown as Gateway;
}

function begin(day: string, time: string, tell: Tell = async () => {}) {
  const clock = new SteppedClock(chinaInstant(day, time));
  const history = openHistory(null);
  const timers = new FakeTimers();
  const { log, lines } = listeningLog();
  const accounts = ['main', 'other'].map((key) => ({ key, id: '1', type: 'stock' }));
  const monitor = new Monitor({ gateway: gateway(tell), accounts, history, clock, timers, log });
  return { clock, history, timers, lines, monitor };
}

function times(history: History, account = 'main'): string[] {
  const query = { account, from: 0, to: 9e15, every: 'minute', limit: 1000 } as const;
  return history.read(query).accounts.map(({ at }) => chinaText(at).slice(11));
}

function gaps(history: History, account = 'main'): string[] {
  const query = { account, from: 0, to: 9e15, every: 'minute', limit: 1000 } as const;
  return history.read(query).gaps.map(({ at, why }) => `${chinaText(at).slice(11, 16)} ${why}`);
}

describe('the minutes that are kept', () => {
  test('are those of the session and the one after it', async () => {
    const { clock, history, monitor } = begin('2026-07-06', '09:13:20');
    await clock.walk(chinaInstant('2026-07-06', '16:00'));
    monitor.stop();
    const kept = times(history);
    expect(kept.slice(0, 2)).toEqual(['09:15:00', '09:16:00']);
    expect(kept).toContain('11:30:00');
    expect(kept).not.toContain('11:31:00');
    expect(kept.at(-1)).toBe('15:00:00');
    expect(kept).toHaveLength(15 + 121 + 121);
  });

  test('are none of a Sunday, nor after the stop', async () => {
    const { clock, history, monitor } = begin('2026-07-05', '09:59');
    await clock.walk(chinaInstant('2026-07-05', '10:10'));
    expect(times(history)).toEqual([]);
    await clock.walk(chinaInstant('2026-07-06', '09:16:30'));
    monitor.stop();
    await clock.walk(chinaInstant('2026-07-06', '09:20'));
    expect(times(history)).toEqual(['09:15:00', '09:16:00']);
  });
});

describe('an account that is not told', () => {
  test('has a gap, said once, and holds up no other', async () => {
    const away: Tell = async (account) => {
      if (account === 'main') throw new Error('the terminal is away');
    };
    const { clock, history, lines } = begin('2026-07-06', '10:00:30', away);
    await clock.walk(chinaInstant('2026-07-06', '10:03:00'));
    expect(gaps(history)).toEqual(['10:01', '10:02', '10:03'].map((time) => `${time} the terminal is away`));
    expect(times(history, 'other')).toHaveLength(3);
    expect(lines).toEqual(['warning No picture of account main: the terminal is away']);
  });

  test('that never answers is given up after 30 s and asked no second time meanwhile', async () => {
    let asked = 0;
    const silent: Tell = (account) => {
      if (account === 'other') return Promise.resolve();
      asked += 1;
      return new Promise(() => {});
    };
    const { clock, history, timers } = begin('2026-07-06', '10:00:30', silent);
    await clock.walk(chinaInstant('2026-07-06', '10:02:00'));
    expect(asked).toBe(1);
    timers.pass(30_000);
    await clock.walk(chinaInstant('2026-07-06', '10:03:00'));
    expect(gaps(history)).toEqual(['10:01 not told within 30 s']);
    expect(asked).toBe(2);
  });
});

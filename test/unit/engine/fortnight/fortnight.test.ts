import { test, expect } from 'vitest';
import type { TaskRegistration } from '../../../../runtime/host.ts';
import { judgeFortnight, timesOf, type Left } from '../../../simulation/fortnight/judge-fortnight.ts';
import { Fortnight, SECURITY, type Kill } from './fortnight.ts';
import type { G, Script } from './script-runner.ts';

const DEFAULTS = { module: 'strategy.ts', referenceSecurity: null, force: true, late: 'skip', ordinal: null } as const;

function note(g: G, text: string): void {
  (g['log'] as string[]).push(text);
}

const script: Script = {
  async initialize(g, engine, context) {
    g['log'] = [];
    const register = (task: Omit<TaskRegistration, keyof typeof DEFAULTS> & Partial<TaskRegistration>): Promise<void> =>
      engine.register({ ...DEFAULTS, ...task }, context);
    await register({ name: 'buy', frequency: 'daily', time: '10:00' });
    await register({ name: 'count', frequency: 'daily', time: '10:00' });
    await register({ name: 'week', frequency: 'weekly', time: '14:00', ordinal: -1, late: 'run' });
    await register({ name: 'month', frequency: 'monthly', time: '9:35', ordinal: 5, late: 'run' });
    await engine.setting('set_option', { name: 'use_real_price', value: true }, context);
  },
  process_initialize(g) {
    g['started'] = true;
  },
  async buy(g, engine, { tradingDay, ...context }) {
    await order(engine, 100 * Number(tradingDay.slice(-2)), { tradingDay, ...context });
    note(g, `${tradingDay} buy`);
  },
  count(g, _engine, { tradingDay }) {
    note(g, `${tradingDay} count`);
    g['days'] = new Set([...((g['days'] as Set<string> | undefined) ?? []), tradingDay]);
  },
  async week(g, engine, context) {
    note(g, `${context.tradingDay} week`);
    await order(engine, 5000, context);
  },
  async month(g, engine, context) {
    note(g, `${context.tradingDay} month`);
    await engine.register({ ...DEFAULTS, name: 'more', frequency: 'daily', time: '14:30' }, context);
  },
  more(g, _engine, { tradingDay }) {
    note(g, `${tradingDay} more`);
  },
  before_trading_start(g, _engine, { tradingDay }) {
    note(g, `${tradingDay} before_trading_start`);
  },
  after_trading_end(g, _engine, { tradingDay }) {
    note(g, `${tradingDay} after_trading_end`);
  },
};

async function order(
  engine: Parameters<Script[string]>[1],
  quantity: number,
  context: Parameters<Script[string]>[2],
): Promise<void> {
  await engine.placeOrder(
    {
      kind: 'amount',
      security: SECURITY,
      quantity,
      style: { kind: 'market', limitPrice: null },
      waitTimeout: null,
      remark: null,
      keep: null,
    },
    context,
  );
}

const HOOKS = ['initialize', 'process_initialize', 'before_trading_start', 'after_trading_end'] as const;

function fortnight(kill: Kill | null): Promise<Left> {
  return new Fortnight(script, HOOKS, '2026-07-06 08:30', kill).run('2026-07-17 16:00');
}

test('a fortnight killed at every distinct point of the engine’s reads and writes ends as the one that was not', async () => {
  const whole = await fortnight(null);
  expect(whole.lives).toBe(1);
  const outcomes = new Set(Array.from(whole.triggers.values(), ({ outcome }) => outcome));
  expect([...outcomes].toSorted()).toEqual(['ran', 'ran_late']); // one waits for another's order
  expect(whole.triggers.size).toBe(10 * 4 + 2 + 1 + 6);
  expect(whole.orders).toHaveLength(12);
  expect((whole.g['log'] as string[]).length).toBe(whole.triggers.size);
  expect(whole.points.size).toBeGreaterThan(20);
  for (const { point, nth } of timesOf(whole)) {
    for (const downMs of [0, 95 * 60_000]) {
      const left = await fortnight({ label: point, nth, downMs });
      expect(left.lives).toBeLessThanOrEqual(2);
      expect([point, nth, downMs, judgeFortnight(left, whole)]).toEqual([point, nth, downMs, []]);
    }
  }
}, 600_000);

import { test, expect } from 'vitest';
import type { TaskRegistration } from '../../../../runtime/host.ts';
import { Fortnight, SECURITY, type Kill, type Outcome } from './fortnight.ts';
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
    g['set'] = new Set([...((g['set'] as Set<string> | undefined) ?? []), tradingDay]);
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

function fortnight(kill: Kill | null): Promise<Outcome> {
  return new Fortnight(script, HOOKS, '2026-07-06 08:30', kill).run('2026-07-17 16:00');
}

/** What a task notes in g. */
function noteOf(key: string): string {
  const [day = '', , name = ''] = key.split('|');
  return `${day} ${name}`;
}

/** That what was cut off, or came up while nobody was there, is missing, and nothing else. */
function judge(outcome: Outcome, whole: Outcome): void {
  expect(outcome.lives).toBeLessThanOrEqual(2);
  // Before initialize has run to its end nothing is due, nor what a task would have registered that was cut off.
  const month = [...outcome.triggers].find(([key]) => key.includes('|month|'))?.[1] ?? '';
  const isDue = (key: string): boolean =>
    (key.split('|').at(-1) ?? '') >= outcome.began && (!key.includes('|more|') || month.startsWith('ran'));
  expect([...outcome.triggers.keys()].toSorted()).toEqual([...whole.triggers.keys()].filter(isDue).toSorted());
  const early = [...whole.triggers.keys()].filter((key) => !isDue(key));
  const not = [...outcome.triggers].filter(([, each]) => each !== 'ran' && each !== 'ran_late');
  for (const [key, each] of not) {
    expect(['interrupted', 'skipped']).toContain(each);
    if (each === 'skipped') expect(outcome.reasons.get(key)).toMatch(/bt was not running|still starting|late/u);
  }
  expect(not.filter(([, each]) => each === 'interrupted').length).toBeLessThanOrEqual(1);
  const missing = new Set([...early, ...not.map(([key]) => key)].map(noteOf));
  const log = (whole.g['log'] as string[]).filter((text) => !missing.has(text));
  expect(outcome.g).toEqual({ ...whole.g, log, set: new Set(daysOf(log, 'count')) });
  // Orders: none twice; what is missing belongs to what did not run.
  expect(new Set(outcome.orders).size).toBe(outcome.orders.length);
  const ordering = new Set([...early, ...not.map(([key]) => key)].map((key) => key.slice(0, 10)));
  const lost = whole.orders.filter((each) => !outcome.orders.includes(each));
  expect(outcome.orders.filter((each) => !whole.orders.includes(each))).toEqual([]);
  for (const each of lost) expect(ordering).toContain(each.slice(0, 10));
}

function daysOf(log: readonly string[], name: string): string[] {
  return log.filter((text) => text.endsWith(` ${name}`)).map((text) => text.slice(0, 10));
}

test('a fortnight killed at every distinct point of the engine’s reads and writes ends as the one that was not', async () => {
  const whole = await fortnight(null);
  expect(whole.lives).toBe(1);
  expect([...new Set(whole.triggers.values())].toSorted()).toEqual(['ran', 'ran_late']); // one waits for another's order
  expect(whole.triggers.size).toBe(10 * 4 + 2 + 1 + 6);
  expect(whole.orders).toHaveLength(12);
  expect((whole.g['log'] as string[]).length).toBe(whole.triggers.size);
  const points = [...whole.points];
  const kinds = points.map(([label]) => label);
  expect(kinds.length).toBeGreaterThan(20);
  for (const [label, times] of points) {
    for (const nth of new Set([1, Math.ceil(times / 2), times])) {
      for (const downMs of [0, 95 * 60_000]) {
        const outcome = await fortnight({ label, nth, downMs });
        try {
          judge(outcome, whole);
        } catch (error) {
          throw new Error(`killed at the ${nth}. of ${times} times of "${label}", down for ${downMs} ms`, {
            cause: error,
          });
        }
      }
    }
  }
}, 600_000);

import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineCalls } from '../../runtime/border/calls.ts';
import type { HistoryBlock } from '../../runtime/host.ts';
import { findInterpreter } from '../python/interpreters.ts';
import { aQuote } from '../unit/domain/order/builders.ts';
import { FakeEngine } from '../unit/engine/strategy/fake-engine.ts';
import { startIn } from '../unit/engine/strategy/running.ts';
import { Workspace } from '../unit/engine/strategy/workspace.ts';
import { orderView } from '../unit/runtime/fake-host.ts';

/** Lines that mean the same in Python and here: what they give, or how they are refused, is the same to the letter. */
const CASES = [
  // Orders
  "order('600000.XSHG', 100)",
  "order('600000.XSHG', 0.5)",
  "order('600000.XSHG', float('nan'))",
  "order('600000.XSHG')",
  "order('nonsense', 100)",
  'order(600000, 100)',
  "order('600000.XSHG', 100, 10.5)",
  "order('600000.XSHG', 100, LimitOrderStyle(0))",
  "order_target('600000.XSHG', -1)",
  "order_value('600000.XSHG', '1000')",
  "order_target_value('600000.SH', 1000)",
  "margincash_open('600000.XSHG', 100)",
  "cancel_order('nothing')",
  'get_orders()',
  "get_orders('nothing')",
  'get_open_orders()',
  'get_trades()',
  "get_orders('a', 'b', 'c')",
  // Account
  'context.portfolio.available_cash',
  'context.portfolio.total_value',
  'context.portfolio.positions',
  'context.portfolio.returns',
  "context.portfolio.positions['600000.XSHG'].total_amount",
  'context.current_dt',
  'context.previous_date',
  // Data
  "get_current_data()['600000.XSHG'].last_price",
  "get_current_data()['600000.XSHG'].paused",
  "get_price('600000.XSHG', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)",
  "history(0, '1d', 'close', ['600000.XSHG'])",
  "history(5, '7x', 'close', ['600000.XSHG'])",
  "history(5, '1d', 'clothes', ['600000.XSHG'])",
  "attribute_history('nonsense', 5)",
  "get_fundamentals('valuation')",
  'get_fundamentals(query())',
  'get_fundamentals(query(valuation.code).limit(-1))',
  "get_trade_days('2026-07-01', 'nonsense')",
  'get_index_stocks(5)',
  "get_extras('is_nothing', ['600000.XSHG'])",
  "get_security_info('nonsense')",
  "normalize_code(['600000', '000001'])",
  // Settings and tasks
  "run_daily('trade', '9:35')",
  "run_daily(misbehave, '25:00')",
  "run_weekly(misbehave, 9, '9:35')",
  "run_monthly(misbehave, 1, 'every_bar')",
  "set_option('no_such_option', 1)",
  "set_benchmark('nonsense')",
  'set_slippage(5)',
  "set_order_cost(OrderCost(), 'ships')",
  "log.set_level('nobody', 'error')",
  "unsubscribe('600000.XSHG', 'day')",
  "order('600000.XSHG', 100, LimitOrderStyle('x'))",
  'OrderStatus.held',
] as const;

const engineOf = (): FakeEngine => {
  const engine = new FakeEngine();
  const order = orderView({ security: '600000.XSHG' });
  engine.placeOrder = () => Promise.resolve(order);
  engine.orders = () => Promise.resolve([order]);
  engine.quotes = (codes) => Promise.resolve(codes.map((security) => aQuote({ security })));
  const block = (security: string): HistoryBlock => ({ security, time: new Float64Array(), columns: {} });
  const history: EngineCalls['history'] = ({ securities }) => Promise.resolve(securities.map(block));
  engine.history = history;
  return engine;
};

function typeScript(): string {
  const tries = CASES.map(
    (line, i) =>
      `function case_${i}(context) { try { log.info('gives', ${line}); } catch (error) { log.info('throws', error.code, error.message); } }`,
  );
  return `function initialize(context) {}\nfunction misbehave(context) {}\n${tries.join('\n')}\n`;
}

function python(): string {
  const tries = CASES.map(
    (line, i) =>
      `def case_${i}(context):\n    try:\n        log.info('gives', ${line})\n    except Exception as error:\n        log.info('throws', getattr(error, 'code', type(error).__name__), error)\n`,
  );
  return `def initialize(context): pass\ndef misbehave(context): pass\n${tries.join('\n')}`;
}

const found = findInterpreter();
const title = found === null ? 'the API in both languages: needs python3' : 'the API in both languages';

describe.skipIf(found === null)(title, () => {
  let ours: readonly string[] = [];
  let theirs: readonly string[] = [];
  beforeAll(async () => {
    ours = await answers({ 'main.ts': typeScript() }, 'main.ts');
    theirs = await answers({ 'main.py': python() }, 'main.py');
  }, 120_000);

  it.each(CASES.map((line, i): [string, number] => [line, i]))('%s', (_line, i) => {
    // A number that is no whole one by its nature is `10.0` there and 10 here.
    expect(theirs[i]?.replaceAll(/(\d)\.0(?!\d)/gu, '$1')).toBe(ours[i]);
    expect(ours[i]).toMatch(/^(?:gives|throws) /u);
  });
});

/** What each case says in the log. */
async function answers(files: Readonly<Record<string, string>>, module: string): Promise<readonly string[]> {
  const running = await startIn(await Workspace.make(files), module, { engine: engineOf() });
  const said: string[] = [];
  for (const i of CASES.keys()) {
    const before = running.engine.texts.length;
    await running.task(`case_${i}`, module);
    const texts = running.engine.texts.slice(before);
    said.push(texts.find((text) => /^(?:gives|throws) /u.test(text)) ?? texts.join('\n'));
  }
  return said;
}

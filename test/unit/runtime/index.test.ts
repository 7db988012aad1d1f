import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import * as jqdata from 'jqdata';
import { apiEntries } from '../../../runtime/api/define-api.ts';
import { API_NAMES } from '../../../runtime/api/names.ts';
import { bindFake } from './fake-host.ts';
import { codeOf, untyped } from './helpers.ts';

const byName = (a: string, b: string): number => (a < b ? -1 : 1);
const exported = Object.keys(jqdata).sort(byName);
const read = (file: string): string => readFileSync(new URL(`../../../runtime/${file}`, import.meta.url), 'utf8');

/** What this version really does; everything else in the list says UNSUPPORTED. */
const SUPPORTED = `
  DateTime FixedSlippage LimitOrderStyle MarketOrderStyle OrderCost OrderStatus PerTrade PriceRelatedSlippage
  StepRelatedSlippage StopLimitOrderStyle StopMarketOrderStyle attribute_history cancel_order date disable_cache enable_profile g get_all_securities get_all_trade_days get_bars
  get_current_data get_open_orders get_orders get_price get_security_info get_trade_days get_trades history log
  normalize_code batch_cancel_orders batch_submit_orders read_file write_file order order_target order_target_value order_value print record run_daily run_monthly run_weekly
  send_message set_benchmark set_commission set_option set_order_cost set_slippage set_universe timedelta unschedule_all
  subscribe unsubscribe unsubscribe_all SubPortfolioConfig inout_cash set_subportfolios transfer_cash
  get_billboard_list get_call_auction get_current_tick get_locked_shares get_margincash_stocks get_marginsec_stocks
  get_all_factors get_factor_values get_money_flow get_mtss get_ticks
  neutralize standardlize stats talib winsorize winsorize_med
  get_concept get_concept_stocks get_concepts get_dominant_future get_extras get_fund_info get_future_contracts get_index_stocks
  get_index_weights get_industries get_industry get_industry_stocks get_split_dividend get_trade_day
  DataFrame Index Series concat fmt has isnull len merge notnull pd slice sorted
  and_ balance bank_indicator cash_flow finance func fundamentals get_fundamentals get_fundamentals_continuously
  get_history_fundamentals get_valuation portfolio_optimizer income indicator insurance_indicator macro not_ or_ query
  security_indicator valuation
  abs all any bool dict divmod enumerate filter float floordiv format getattr hasattr int isinstance iter list
  map max min mod next pow range repr reversed round set setattr str sum tuple type zip`
  .trim()
  .split(/\s+/);

/** Names of the API reference that exist here only to be refused by name. */
const REFUSED = `
  cancel_all_orders create_backtest get_backtest
  get_factor_kanban_values
  is_trade_date margincash_close
  margincash_direct_refund margincash_open marginsec_close marginsec_direct_refund marginsec_open
  order_lots order_market order_percent order_target_percent purchase redeem
  send_msg set_redeem_latency`
  .trim()
  .split(/\s+/);

/** Functions of tables and Python's own: no calls of the API, so they have no phase. */
const PLAIN = `and_ concat date fmt has isnull len merge not_ notnull or_ print query slice sorted timedelta
  abs all any bool dict divmod enumerate filter float floordiv format getattr hasattr int isinstance iter list
  map max min mod next pow range repr reversed round set setattr str sum tuple type zip`.split(/\s+/);

describe('the public list', () => {
  test('is pinned', () => {
    expect(exported).toEqual([...SUPPORTED, ...REFUSED].sort(byName));
    expect([...API_NAMES].sort(byName)).toEqual(exported);
  });

  test('globals.d.ts declares exactly these values, and types that index.ts exports', () => {
    const text = read('globals.d.ts');
    const values = Array.from(text.matchAll(/^ {2}const (\w+): typeof jqdata\.(\w+);$/gm), ([, name, source]) => {
      expect(source).toBe(name);
      return name ?? '';
    });
    expect(values.sort(byName)).toEqual(exported);
    const types = Array.from(
      text.matchAll(/^ {2}type (\w+)(?:<.*?>)? = jqdata\.(\w+)(?:<\w>)?;$/gm),
      ([, name, source]) => {
        expect(source).toBe(name);
        return name ?? '';
      },
    );
    expect(types.length + values.length).toBe(Array.from(text.matchAll(/^ {2}(?:const|type) /gm)).length);
    const parsed = parseSync('index.ts', read('index.ts'));
    const typeNames = parsed.module.staticExports
      .flatMap((statement) => statement.entries)
      .filter((entry) => entry.isType)
      .map((entry) => entry.exportName.name ?? '');
    expect(typeNames.length).toBeGreaterThan(10);
    for (const name of typeNames) expect(types).toContain(name);
  });

  test('every function knows its name, its phases and its arguments', () => {
    const entries = new Map(apiEntries().map((entry) => [entry.name, entry]));
    for (const [name, value] of Object.entries(jqdata)) {
      if (typeof value !== 'function' || /^[A-Z]/.test(name) || PLAIN.includes(name)) continue;
      expect(value.name).toBe(name);
      expect(entries.get(name)?.supported).toBe(SUPPORTED.includes(name));
      expect(entries.get(name)?.phases.length).toBeGreaterThan(0);
    }
    expect(entries.get('get_price')?.args.slice(0, 5)).toEqual([
      'security',
      'start_date',
      'end_date',
      'frequency',
      'fields',
    ]);
    expect(entries.get('order')?.phases).not.toContain('load');
  });
});

describe('a name this version does not support', () => {
  test.each(REFUSED)('%s says so and what to do', (name) => {
    bindFake();
    const refused = untyped(Reflect.get(jqdata, name));
    for (const run of [() => refused(), () => refused('000001.XSHE', 1)]) {
      const error = codeOf(run);
      expect(error.code).toBe('UNSUPPORTED');
      expect(error.message).toMatch(new RegExp(`^${name}\\(\\) is not supported\\. .{10,}[.]$`));
    }
  });

  test('also behind new', () => {
    expect(codeOf(() => Reflect.construct(jqdata.margincash_open, [])).code).toBe('UNSUPPORTED');
  });
});

test('without a running strategy a function says so', () => {
  Reflect.deleteProperty(globalThis, Symbol.for('bt-live.strategy-host.v1'));
  expect(() => jqdata.order('000001.XSHE', 100)).toThrow('bt live');
});

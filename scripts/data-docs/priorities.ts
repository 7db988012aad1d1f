import * as jqdata from '../../runtime/index.ts';
import { UNSUPPORTED } from '../../runtime/api/unsupported.ts';
import { LIBRARY_NAMES } from '../../runtime/libraries/names.ts';
import { context } from '../../runtime/objects/context.ts';
import { Order } from '../../runtime/objects/order.ts';
import { Portfolio } from '../../runtime/objects/portfolio.ts';
import { Position } from '../../runtime/objects/position.ts';
import { HOOK_NAMES } from '../../src/engine/strategy/hooks.ts';
import type { Language } from './page.ts';

/**
 * JoinQuant's names by how often public scripts need them: without P0 most do not run, without P1 many,
 * P2 is used by few. `Class.member` and `module.member` are attributes.
 */
const PRIORITIES = {
  P0: `initialize run_daily set_option set_benchmark set_order_cost OrderCost set_slippage g log.info log.debug log.warn log.error log.set_level
    context.portfolio context.current_dt context.previous_date Portfolio.positions Portfolio.total_value Portfolio.available_cash Portfolio.cash
    order_target_value order_value order_target get_current_data get_price attribute_history history get_fundamentals query get_index_stocks
    get_all_securities get_security_info Position.total_amount Position.avg_cost Position.closeable_amount Position.price Position.value
    Order.status Order.filled Order.amount OrderStatus.held`,
  P1: `process_initialize after_code_changed unschedule_all before_trading_start after_trading_end handle_data run_weekly run_monthly order
    MarketOrderStyle LimitOrderStyle cancel_order get_open_orders get_orders get_trades get_bars get_current_tick get_industry get_industry_stocks
    get_concept_stocks get_trade_days get_all_trade_days get_extras get_valuation finance.run_query get_factor_values get_money_flow
    get_call_auction send_message normalize_code Position.init_time Portfolio.long_positions context.subportfolios`,
  P2: `handle_tick subscribe unsubscribe unsubscribe_all get_ticks on_event on_strategy_end set_subportfolios SubPortfolioConfig transfer_cash
    inout_cash batch_submit_orders batch_cancel_orders StopMarketOrderStyle StopLimitOrderStyle set_universe set_commission PerTrade disable_cache
    enable_profile record write_file read_file get_industries get_concepts get_concept get_index_weights get_trade_day get_history_fundamentals
    get_fundamentals_continuously get_mtss get_margincash_stocks get_marginsec_stocks get_billboard_list get_locked_shares macro.run_query
    neutralize winsorize winsorize_med standardlize portfolio_optimizer get_all_factors get_factor_kanban_values get_dominant_future
    get_future_contracts margincash_open margincash_close margincash_direct_refund marginsec_open marginsec_close marginsec_direct_refund
    jqlib.technical_analysis jqlib.alpha101 jqlib.alpha191 jqfactor kuanke.wizard talib`,
} as const;

/** Objects whose attributes scripts read, by the name they have here. */
const OWNERS: Readonly<Record<string, object>> = {
  context,
  Portfolio: Portfolio.prototype,
  Position: Position.prototype,
  Order: Order.prototype,
};

/** What of JoinQuant's names is served, and what is refused by name. */
export function servedNames(priority: keyof typeof PRIORITIES): { readonly all: string[]; readonly refused: string[] } {
  const all = PRIORITIES[priority].split(/\s+/u);
  return { all, refused: all.filter((name) => !isServed(name)) };
}

function isServed(name: string): boolean {
  if (UNSUPPORTED.has(name)) return false;
  if (name in LIBRARY_NAMES || (HOOK_NAMES as readonly string[]).includes(name) || name in jqdata) return true;
  const [owner = '', member = ''] = name.split('.');
  const known = OWNERS[owner] ?? (owner in jqdata ? Reflect.get(jqdata, owner) : undefined);
  return typeof known === 'object' && known !== null && member in known;
}

const HEADS = {
  en: ['names of JoinQuant', 'served', 'of', 'refused by name'],
  zh: ['聚宽的名字', '支持', '共', '按名字拒绝'],
} as const;
const TITLES = {
  en: { P0: 'most scripts need', P1: 'many use', P2: 'few use' },
  zh: { P0: '多数脚本需要', P1: '许多脚本用到', P2: '少数脚本用到' },
} as const;

/** The table of names served by priority. */
export function namesTable(language: Language): string {
  const rows = (['P0', 'P1', 'P2'] as const).map((priority) => {
    const { all, refused } = servedNames(priority);
    const names = refused.map((name) => `\`${name}\``).join(', ');
    return `| ${TITLES[language][priority]} | ${all.length - refused.length} | ${all.length} | ${names === '' ? '–' : names} |`;
  });
  return [`| ${HEADS[language].join(' | ')} |`, '|---|---|---|---|', ...rows].join('\n');
}

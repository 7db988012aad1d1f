/** Two weeks of tasks of every sort; what ran is noted in g, what is bought tells its day. */
import { g, order, run_daily, run_monthly, run_weekly } from 'jqdata';
import type { Context } from 'jqdata';

const SECURITY = '510300.XSHG';

function note(context: Context, name: string): void {
  g.log = [...(g.log as string[]), `${context.current_dt.toFormat('yyyy-MM-dd')} ${name}`];
}

export function initialize(): void {
  g.log = [];
  g.days = new Set();
  run_daily(buy, '10:00');
  run_daily(count, '10:00');
  run_weekly(week, -1, { time: '14:00', late: 'run' });
  run_monthly(month, 5, { time: '9:35', late: 'run' });
}

function buy(context: Context): void {
  order(SECURITY, 100 * context.current_dt.day);
  note(context, 'buy');
}

function count(context: Context): void {
  note(context, 'count');
  g.days = new Set([...(g.days as Set<string>), context.current_dt.toFormat('yyyy-MM-dd')]);
}

function week(context: Context): void {
  note(context, 'week');
  order(SECURITY, 5_000);
}

function month(context: Context): void {
  note(context, 'month');
  run_daily(more, '14:30');
}

function more(context: Context): void {
  note(context, 'more');
}

export function before_trading_start(context: Context): void {
  note(context, 'before_trading_start');
}

export function after_trading_end(context: Context): void {
  note(context, 'after_trading_end');
}

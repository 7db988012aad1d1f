/** A strategy that trades on its first day, NAME by its name: each part with a word on what it is for. */
export const TYPESCRIPT_STRATEGY = `/**
 * NAME: holds the stronger of two funds, shares or gold, and changes when the other one has been stronger for a while.
 *
 * A day on a paper market, without any account:
 *   bt live NAME.ts --with-stub --at '2026-07-06 09:00' --until 15:31 --speed max
 *
 * Names, argument order and meanings are JoinQuant's. Keyword arguments go into one object, the last argument:
 *   run_daily(trade, { time: '09:35' })
 */
import { attribute_history, g, get_current_data, log, order_target, order_target_value, run_daily, set_benchmark } from 'jqdata';
import type { Context } from 'jqdata';

// Constants belong here. What may change while the strategy lives belongs into g, which is kept over a restart.
const POOL = ['510300.XSHG', '518880.XSHG'];
const DAYS = 20;
const SHARE = 0.5; // of the account

/** Runs once in the life of this instance: register tasks here. */
export function initialize(context: Context): void {
  set_benchmark('000300.XSHG');
  g.held = null;
  run_daily(trade, '09:35'); // a function by its name, and a time of the trading day
}

/** Runs each trading day before the market opens. */
export function before_trading_start(context: Context): void {
  log.info('good morning, %s', context.current_dt.date());
}

/** Runs at 09:35 of each trading day. */
function trade(context: Context): void {
  const best = strongest();
  if (best === null || best === g.held) return;
  for (const code of context.portfolio.positions) {
    // Sold today is what was not bought today: T+1.
    if (POOL.includes(code)) order_target(code, 0);
  }
  // Waits for its fill, at most 16 seconds of trading. null = refused here; the log says why.
  const bought = order_target_value(best, context.portfolio.total_value * SHARE);
  if (bought === null) return;
  g.held = best;
  log.info('%s: %d shares at %.3f, cash %.2f', best, bought.filled, bought.price, context.portfolio.available_cash);
}

/** The fund that has gained most in so many days; null when none can be traded. */
function strongest(): string | null {
  const now = get_current_data();
  const open = POOL.filter((code) => !now[code].paused);
  const gains = open.map((code) => {
    const closes = attribute_history(code, DAYS, '1d', ['close']).close;
    return { code, gain: closes.at(-1) / closes.at(0) - 1 };
  });
  // A price that is not known is NaN, and every comparison with NaN is false.
  const known = gains.filter(({ gain }) => !Number.isNaN(gain)).sort((a, b) => b.gain - a.gain);
  return known.length === 0 ? null : known[0].code;
}

/** Runs each trading day at 15:30. */
export function after_trading_end(context: Context): void {
  const { total_value, positions } = context.portfolio;
  log.info('total %.2f, holdings %s', total_value, positions.keys().join(' '));
}
`;

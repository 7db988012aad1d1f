/** Trades all it can, differently each minute, so that something is always under way when a process is killed. */
import { cancel_order, get_open_orders, LimitOrderStyle, log, order, order_target, order_value } from 'jqdata';
import type { BarData, Context } from 'jqdata';

const SECURITIES = ['518880.XSHG', '000001.XSHE', '600000.XSHG'] as const;
/** From here on it only watches. */
const LAST_MINUTE = 9 * 60 + 42;

export function handle_data(context: Context, data: BarData): void {
  const minute = context.current_dt.hour * 60 + context.current_dt.minute;
  log.info(minute < LAST_MINUTE ? 'NOISE' : 'QUIET');
  if (minute >= LAST_MINUTE) return;
  const security = SECURITIES[minute % SECURITIES.length] ?? SECURITIES[0];
  const { close } = data.get(security);
  order(security, 100 * (1 + (minute % 7)), { wait_timeout: 0 });
  order_target(SECURITIES[(minute + 1) % SECURITIES.length] ?? security, 300 + 100 * (minute % 4), { wait_timeout: 3 });
  if (Number.isFinite(close)) order_value(security, 3_000, LimitOrderStyle(close * 0.99), { wait_timeout: 0 });
  const [first] = get_open_orders().values();
  if (first !== undefined && minute % 2 === 0) cancel_order(first);
  order(security, -100, { wait_timeout: 2 });
}

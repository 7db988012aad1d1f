// Checked by tsc only: a strategy without a single import. Also how g gets types.
declare global {
  interface G {
    round?: number;
    stocks?: string[];
  }
}

export function initialize(context: Context): void {
  g.stocks = ['000001.XSHE'];
  g.anything = new Map([[1, 2]]);
  set_option('use_real_price', true);
  set_order_cost(OrderCost({ close_tax: 0.0005, min_commission: 5 }), { type: 'stock' });
  run_daily(trade, { time: 'before_open' });
  log.info('%s %s', context.current_dt, date(2026, 7, 6).add(timedelta({ days: 1 })));
}

export function trade(context: Context): void {
  const stocks: string[] = g.stocks ?? [];
  for (const code of stocks) if (code in context.portfolio.positions) order_target(code, 0, MarketOrderStyle());
  // @ts-expect-error declared as a number
  g.round = 'one';
  // What is not declared has whichever type is asked of it: a script that was ported is not drowned in it.
  for (const code of g.anything) log.info('%s', code);
  g.counter += 1;
  // @ts-expect-error a misspelt name does not exist
  order_targett('000001.XSHE', 0);
  const nobody: never = margincash_open();
  log.info(nobody);
}

export function handle_data(_context: Context, data: BarData): void {
  const average: number = data.get('000001.XSHE').mavg(5);
  print(average);
}

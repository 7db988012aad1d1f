// Checked by tsc only: what the compiler knows about tables.
import { attribute_history, concat, DataFrame, get_price, history, merge, pd, Series, slice } from 'jqdata';

declare function use(...values: readonly unknown[]): void;

export function columns(): void {
  const df = get_price('000001.XSHE', { count: 5, fields: ['close', 'volume'] });
  const close: Series = df.close;
  const last: number = df.close.at(-1);
  const cell: number = df.loc('2026-07-03', 'close');
  const row = df.iloc(-1);
  const volume: number = row.volume;
  // @ts-expect-error this column was not asked for
  use(df.open);
  // @ts-expect-error nor is it in a row
  use(row.open);
  // @ts-expect-error misspelt
  df.cols('clsoe');
  // @ts-expect-error misspelt
  df.sort_values('clsoe');
  // @ts-expect-error misspelt
  df.loc(slice(), 'clsoe');
  // @ts-expect-error no such keyword
  df.dropna.call(df).rolling(20, { minperiods: 1 });
  const more = df.assign({ ma5: df.close.rolling(5).mean() });
  use(more.ma5.at(-1), df.set('twice', df.close.mul(2)).twice, more.head().tail().ma5);
  // @ts-expect-error assign makes a new table
  use(df.ma5);
  df.close = df.close.fillna(0);
  use(close, last, cell, volume);
}

export function operators(): void {
  const df = attribute_history('000001.XSHE', 5, '1d', ['close', 'high']);
  const mask: Series<boolean> = df.close.gt(df.high.mul(0.99)).and(df.close.lt(100));
  const part: DataFrame<'close' | 'high'> = df.loc(mask);
  const closes: Series = df.loc(mask, 'close');
  // @ts-expect-error a Series does not calculate
  use(df.close * 2);
  // @ts-expect-error a mask in brackets is df.loc(mask)
  use(df[mask]);
  use(part, closes);
}

export function untyped(): void {
  const wide: DataFrame = history(5, '1d', 'close', ['000001.XSHE']);
  const made = new DataFrame({ a: [1, 2] });
  const again: DataFrame = new DataFrame(get_price('000001.XSHE', { count: 5 }));
  const typed = new DataFrame<'a' | 'b'>({ a: [1], b: [2] });
  const strings: Series<string> = new Series<string>(['a']);
  // @ts-expect-error misspelt
  use(typed.c);
  use(wide.iloc(-1).sort_values().head(3), made.col('a'), again, merge(made, again, { on: 'a' }), strings.str.len());
  use(concat([made, again], { axis: 1 }), pd.to_datetime('2026-07-06'), made.groupby('a').col('b').mean().at(0));
}

export function results(): void {
  const df = new DataFrame<'code' | 'close'>({ code: ['a'], close: [1] });
  // What may be a table or a Series has the members of both.
  const applied = df.apply((row) => row.close + row.code.length, { axis: 1 });
  use(applied.sort_values({ ascending: false }).index.at(0), df.groupby('code').agg({ close: 'last' }).index);
  const groups = df.groupby('code');
  use(groups['close']?.mean().at(0), df.close.reset_index({ drop: true }).index);
  const dict: Record<string, unknown>[] = df.to_dict('records');
  use(dict);
}

export function joined(): void {
  const prices = new DataFrame<'code' | 'close'>({ code: ['a'], close: [1] });
  const scores = new DataFrame<'code' | 'score'>({ code: ['a'], score: [2] });
  const both = merge(prices, scores, { on: 'code' });
  const score: number = both.score.at(0);
  use(score, both.close, prices.merge(scores, { on: 'code', how: 'left' }).score, both.code_x);
  // @ts-expect-error misspelt
  use(both.scroe);
}

export function calls(): void {
  const df = get_price('000001.XSHE', { count: 5, fields: ['close', 'volume'] });
  const close: number = df.mean().close;
  use(close, df.max().volume, df.sum(1).at(0), df.quantile(0.5, 1), df.head({ n: 2 }), df.iloc[-1]?.close);
  use(
    df.close.diff({ periods: 2 }),
    df.close.round({ decimals: 2 }),
    df.close.std({ ddof: 0 }),
    df.close.nlargest({ n: 3 }),
  );
  // @ts-expect-error misspelt
  use(df.mean().clsoe);
}

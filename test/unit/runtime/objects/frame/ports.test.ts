import { describe, expect, test } from 'vitest';
import { concat, DataFrame, get_bars, get_price, history, pd, slice, sorted } from 'jqdata';
import type { Series } from 'jqdata';
import { bindFake, block } from '../../fake-host.ts';

/** The table lines of six kinds of public strategies, one Python line beside each of ours. */
const CODES = ['000001.XSHE', '600000.XSHG', '600519.XSHG'];
const DAYS = ['2026-07-01', '2026-07-02', '2026-07-03'];

function market() {
  const host = bindFake();
  host.bars = (security) => {
    const base = CODES.indexOf(security) + 1;
    return block(security, DAYS, {
      close: [base * 10, base * 11, base * 10 + 1],
      high_limit: [base * 11, base * 11, base * 12],
      volume: [100, 200, 300],
    });
  };
  return host;
}

describe('small caps: yesterday’s limit-ups', () => {
  test('the long table, a mask, a list of codes', () => {
    market();
    // df = get_price(codes, end_date=d, fields=['close', 'high_limit'], count=3, panel=False)
    const df = get_price(CODES, { fields: ['close', 'high_limit'], count: 3, panel: false });
    // df = df[df['close'] == df['high_limit']]; list(df.code)
    const up = df.loc(df.close.eq(df.high_limit));
    expect([...up.code]).toEqual(CODES);
    // h = history(1, '1d', 'close', codes); h[code][-1]; df.pivot(index='time', columns='code', values='close')
    expect(
      history(3, '1d', 'close', CODES)
        .col(CODES[0] ?? '')
        .at(-1),
    ).toBe(11);
    expect(df.pivot({ index: 'time', columns: 'code', values: 'close' }).shape).toEqual([3, 3]);
    // df_fun[:2]
    expect(df.slice(null, 2).length).toBe(2);
  });
});

describe('ETF momentum', () => {
  test('a table from a dict with codes as labels, three conditions, the best', () => {
    // df = pd.DataFrame({'inc': inc, 'ma': ma}, index=pool)
    const df = new DataFrame<'inc' | 'ma'>({ inc: [0.1, -0.2, 0.3], ma: [1, 2, 3] }, { index: CODES });
    // df1 = df[(df['inc'] > 0) & (df['ma'] < 5) & (df['ma'] > 0)].sort_values(by='inc', ascending=False)
    const good = df.loc(df.inc.gt(0).and(df.ma.lt(5)).and(df.ma.gt(0))).sort_values({ by: 'inc', ascending: false });
    // list(df1.index)[:1]; df1.iloc[0]['ma']; df['inc'][code]
    expect(good.index.slice(0, 1).tolist()).toEqual([CODES[2]]);
    expect(good.iloc(0).ma).toBe(3);
    expect(df.inc.loc(CODES[1])).toBe(-0.2);
  });

  test('a code twice: the label gives both, any() takes it', () => {
    const df = new DataFrame<'inc'>({ inc: [1, 2, 3] }, { index: ['a', 'b', 'a'] });
    const twice = df.inc.loc('a') as unknown as Series;
    expect(twice.gt(2).any()).toBe(true);
  });
});

describe('several factors', () => {
  test('append in a loop, sums a code, joins by label, ranks', () => {
    // df = df.append(part); df.groupby('code')[['roe']].sum()
    let all = new DataFrame<'code' | 'roe'>();
    for (const roe of [1, 2]) all = all.append(new DataFrame({ code: ['a', 'b'], roe: [roe, roe * 2] }));
    const sums = all.groupby('code').cols(['roe']).sum();
    const means = all.groupby('code').cols(['roe']).mean();
    // pd.concat([sums, means], axis=1); df.columns = ['sum', 'mean']; df.replace(0, np.inf)
    const both = concat([sums, means], { axis: 1 });
    both.columns = ['sum', 'mean'];
    expect(both.loc('b', 'sum')).toBe(6);
    expect(both.replace(6, Infinity).col('sum').max()).toBe(Infinity);
    // df.rank(ascending=False).sum(axis=1).sort_values().reset_index(drop=True)
    const score = both.rank({ ascending: false }).sum({ axis: 1 }).sort_values();
    expect([...score.index]).toEqual(['b', 'a']);
    expect(score.reset_index({ drop: true }).index.tolist()).toEqual([0, 1]);
    // [s for s in x.index if x[s] == 2]
    expect([...score.index].filter((code) => score.loc(code) === 2)).toEqual(['b']);
  });
});

describe('a grid on minutes', () => {
  test('fields as one text, empty, the last close, the mean of bars', () => {
    market();
    // df = get_price(etf, end_date=now, frequency='1m', fields='close', count=3)
    const df = get_price(CODES[0] ?? '', { frequency: '1m', fields: 'close', count: 3 });
    expect([df.empty, df.close.at(0), df.close.at(-1)]).toEqual([false, 10, 11]);
    // get_bars(etf, 3, '1d', ['close'])['close'].mean()
    expect(get_bars(CODES[0] ?? '', 3, '1d', { fields: ['close'] }).close.mean()).toBeCloseTo(32 / 3, 12);
  });
});

describe('classes and several accounts', () => {
  test('an empty table written cell by cell, rows in a loop, a missing score', () => {
    // data = pd.DataFrame(index=pool, columns=['score']); data.loc[etf, 'score'] = v
    const data: DataFrame = new DataFrame(null, { index: CODES, columns: ['score'] });
    data.loc.set(CODES[0], 'score', 2);
    data.loc.set(CODES[1], 'score', 1);
    const scores = data.astype('float').sort_values('score', { ascending: false });
    const named: string[] = [];
    // for etf, row in data.iterrows(): if pd.isna(row['score'])
    for (const [etf, row] of scores.iterrows()) named.push(pd.isna(row.loc('score')) ? 'none' : String(etf));
    expect(named).toEqual([CODES[0], CODES[1], 'none']);
    // data[~mask]
    expect(scores.loc(scores.col('score').isnull().not()).length).toBe(2);
  });
});

describe('many queries', () => {
  test('fillna, sums over texts, set_index, columns of another table, sorting in place', () => {
    const paid = new DataFrame<'code' | 'name' | 'bonus'>({
      code: ['a', 'b', 'a'],
      name: ['甲', '乙', '甲'],
      bonus: [1, null, 3],
    });
    // df.fillna(0).groupby('code').sum()
    const sums = paid.fillna(0).groupby('code').sum();
    expect(sums.to_dict()).toEqual({ bonus: { a: 4, b: 0 } });
    const caps = new DataFrame({ code: ['b', 'a'], cap: [10, 40] }).set_index('code');
    // df = pd.concat([sums, caps], axis=1); df['rate'] = df['bonus'] / df['cap']; df.sort_values('rate', inplace=True)
    const df = concat([sums, caps], { axis: 1 });
    df.set('rate', df.col('bonus').div(df.col('cap')));
    df.sort_values('rate', { ascending: false, inplace: true });
    expect(df.index.tolist()).toEqual(['a', 'b']);
    // df.values[0].copy(); len(df.T)
    expect([...(df.values[0] ?? [])]).toEqual([4, 40, 0.1]);
    expect(df.T.length).toBe(3);
    expect(sorted([...df.col('cap')])).toEqual([10, 40]);
  });

  test('a Panel: the first time of every field', () => {
    market();
    // get_price(codes, count=3, fields=['close', 'volume']).iloc[:, 0, :]
    const panel = get_price(CODES, { count: 3, fields: ['close', 'volume'] });
    const first = panel.iloc(slice(), 0, slice()) as DataFrame;
    expect(first.columns.tolist()).toEqual(['close', 'volume']);
    expect(first.col('close').tolist()).toEqual([10, 20, 30]);
    expect(panel['close'].iloc(-1).nlargest(1).index.at(0)).toBe(CODES[2]);
  });
});

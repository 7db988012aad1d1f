import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from './harness.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open({ now: '2026-07-06 10:03' });
});
afterAll(() => stage.close());

describe('get_price', () => {
  it('of one instant has the row of its day, as the day itself has', async () => {
    const rows = await stage.run((jq) => {
      const now = '2026-07-06 10:03:00';
      const at = jq.get_price('000001.XSHE', { start_date: now, end_date: now });
      const on = jq.get_price('000001.XSHE', { start_date: '2026-07-06', end_date: '2026-07-06' });
      return [at.close.tolist(), on.close.tolist()];
    });
    expect(rows[0]).toHaveLength(1);
    expect(rows[0]).toEqual(rows[1]);
  });

  it('of many securities agrees with each of them alone, whatever columns are asked for', async () => {
    const differences = await stage.run((jq) => {
      const codes = ['000001.XSHE', '600000.XSHG', '600123.XSHG', '300750.XSHE', '510300.XSHG'];
      const all = jq.get_price(codes, {
        count: 40,
        fields: ['close', 'volume', 'paused', 'avg', 'pre_close'],
        panel: false,
      });
      const closes = jq.history(40, '1d', 'close', codes);
      const found: unknown[] = [];
      for (const code of codes) {
        const one = jq.get_price(code, { count: 40, fields: ['close', 'volume', 'paused', 'avg', 'pre_close'] });
        const rows = all.loc(all.code.eq(code));
        for (const name of ['close', 'volume', 'paused', 'avg', 'pre_close'] as const)
          if (String(rows[name].tolist()) !== String(one[name].tolist())) found.push([code, name]);
        const before = jq.attribute_history(code, 40, '1d', ['close'], false);
        if (String(closes[code]?.tolist()) !== String(before.close.tolist())) found.push([code, 'history']);
      }
      return found;
    });
    expect(differences).toEqual([]);
  });

  it('before the listing: a row for each day, with nothing in it', async () => {
    const closes = await stage.run((jq) =>
      jq
        .get_price('688981.XSHG', { start_date: '2020-07-14', end_date: '2020-07-17', fields: ['close'] })
        .close.tolist(),
    );
    expect(closes.map((close) => Number.isNaN(close))).toEqual([true, true, false, false]);
  });
});

describe('get_bars', () => {
  it('makes weeks whose bars hold their days together', async () => {
    const [weeks, days] = await stage.run((jq) => {
      const fields = ['date', 'open', 'high', 'low', 'close', 'volume'] as const;
      const week = jq.get_bars('600000.XSHG', 2, '1w', { fields });
      const day = jq.get_price('600000.XSHG', { start_date: '2026-06-22', end_date: '2026-07-03' });
      const rows = (from: number, to: number) => day.iloc(jq.slice(from, to));
      const made = [rows(0, 5), rows(5, 10)].map((one) => [
        one.open.at(0),
        one.high.max(),
        one.low.min(),
        one.close.at(-1),
        one.volume.sum(),
      ]);
      const given = [0, 1].map((row) =>
        (['open', 'high', 'low', 'close', 'volume'] as const).map((name) => week[name].at(row)),
      );
      return [[given, week.date.tolist().map(String)], [made]];
    });
    expect(weeks[0]).toEqual(days[0]);
    expect(weeks[1]).toEqual(['2026-06-26 00:00:00', '2026-07-03 00:00:00']);
  });

  it('counts minutes from the open; include_now adds what runs', async () => {
    const times = await stage.run((jq) =>
      [false, true].map((include_now) =>
        jq
          .get_bars('600000.XSHG', 2, '15m', { fields: ['date'], include_now })
          .date.tolist()
          .map(String),
      ),
    );
    expect(times).toEqual([
      ['2026-07-06 09:45:00', '2026-07-06 10:00:00'],
      ['2026-07-06 10:00:00', '2026-07-06 10:15:00'],
    ]);
  });

  it('fq_ref_date: as of an early day prices are raw then, and as of today they are those of get_price', async () => {
    const found = await stage.run((jq) => {
      const code = '600123.XSHG';
      const first = jq.get_bars(code, 400, '1d', { fields: ['date', 'close', 'factor'] });
      const raw = jq.get_bars(code, 400, '1d', { fields: ['close'], fq_ref_date: null });
      const reference = String(first.date.at(0)).slice(0, 10);
      const early = jq.get_bars(code, 400, '1d', { fields: ['close'], fq_ref_date: reference });
      const last = first.factor.at(-1);
      return [first.close.at(-1), raw.close.at(-1), early.close.at(0), raw.close.at(0), last >= first.factor.at(0)];
    });
    expect(found[0]).toBeCloseTo(Number(found[1]), 6);
    expect(found[2]).toBeCloseTo(Number(found[3]), 6);
    expect(found[4]).toBe(true);
  });
});

describe('a loop over the bars of a list', () => {
  it('costs a few requests, not one for each security', async () => {
    const before = stage.engine.calls.length;
    const codes = Array.from({ length: 60 }, (_, i) => `${600100 + i}.XSHG`);
    const closes = await stage.run((jq, list) => {
      jq.set_universe(list);
      return list.map((code) => jq.attribute_history(code, 5, '1d', ['close']).close.at(-1));
    }, codes);
    expect(closes.every((close) => close > 0)).toBe(true);
    expect(stage.engine.calls.length - before).toBeLessThan(10);
  });
});

it('a hook that runs late sees today as it was at its own time, not as it is now', async () => {
  const days = (now: string): Promise<number[]> =>
    stage.runAt(now, (jq) => {
      const bar = jq.get_price('600519.XSHG', { count: 1, fields: ['open', 'high', 'low', 'close', 'volume'] });
      return bar.iloc(0).to_list().map(Number);
    });
  const minutes = await stage.runAt('2026-07-06 09:40', (jq) => {
    const rows = jq.get_price('600519.XSHG', {
      start_date: '2026-07-06 09:31:00',
      end_date: '2026-07-06 09:40:00',
      frequency: '1m',
    });
    return [rows.high.max(), rows.low.min(), rows.close.to_list().at(-1), rows.volume.sum()].map(Number);
  });
  const [open = 0, ...rest] = await days('2026-07-06 09:40');
  expect(rest).toEqual(minutes);
  expect(rest).not.toEqual((await days('2026-07-06 10:03')).slice(1));
  expect(await days('2026-07-06 09:30')).toEqual([open, open, open, open, 0]);
});

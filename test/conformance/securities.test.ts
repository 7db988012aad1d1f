import { afterAll, beforeAll, expect, it } from 'vitest';
import { entries } from '../../src/exchange/universe/entries.ts';
import { marketDays } from '../../src/exchange/trading-days.ts';
import { Stage } from './harness.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

it('get_all_securities: every stock that was ever listed, by code, with its names, first and last day', async () => {
  const all = await stage.run((jq) => {
    const table = jq.get_all_securities();
    const bank = table.loc('000001.XSHE');
    return {
      columns: table.columns.to_list(),
      dtypes: table.dtypes.to_list(),
      rows: table.length,
      types: [...new Set(table.type.to_list())],
      bank: [bank.display_name, bank.loc('name'), String(bank.start_date), String(bank.end_date)].map(String),
      living: table.end_date.to_list().filter((end) => String(end).startsWith('2200-01-01')).length,
      same: table.equals(jq.get_all_securities(['stock'])),
    };
  });
  expect(all).toMatchObject({
    columns: ['display_name', 'name', 'start_date', 'end_date', 'type'],
    dtypes: ['object', 'object', 'datetime64[ns]', 'datetime64[ns]', 'object'],
    types: ['stock'],
    same: true,
  });
  expect(all.bank.slice(0, 2)).toEqual(['平安银行', 'PAYH']);
  expect(all.bank[2]).toMatch(/^1991-04-03/u);
  expect(all.bank[3]).toMatch(/^2200-01-01/u);
  expect(all.rows).toBeGreaterThan(5100);
  expect(all.rows - all.living).toBeGreaterThan(100);
});

it('get_all_securities: types and a date narrow it to what was listed then', async () => {
  const counts = await stage.run((jq) => {
    const count = (types: Parameters<typeof jq.get_all_securities>[0], date?: string): number =>
      jq.get_all_securities(types, date ?? null).length;
    return {
      funds: count(['fund']),
      parts: count('etf') + count('lof'),
      both: count(['etf', 'lof']),
      indices: count('index'),
      bonds: count('conbond'),
      structured: count(['fja', 'fjb']),
      today: count('stock', '2026-07-06'),
      tomorrow: count('stock', '2026-12-31'),
      ten: count('stock', '2016-01-04'),
      nineties: count('stock', '1995-06-01'),
    };
  });
  expect(counts.funds).toBe(counts.parts);
  expect(counts.both).toBe(counts.parts);
  expect(counts.funds).toBeGreaterThan(600);
  expect(counts.indices).toBeGreaterThan(100);
  expect(counts.bonds).toBe(7);
  expect(counts.structured).toBe(0);
  expect(counts.tomorrow).toBe(counts.today);
  expect(counts.today).toBeGreaterThan(4900);
  expect(counts.ten).toBeLessThan(counts.today);
  expect(counts.nineties).toBeGreaterThan(100);
  expect(counts.nineties).toBeLessThan(1000);
});

it('what is not listed here at all is refused by name', async () => {
  for (const type of ['open_fund', 'options', 'QDII_fund'] as const)
    await expect(stage.run((jq, asked) => jq.get_all_securities([asked]).length, type)).rejects.toMatchObject({
      message: expect.stringContaining(type),
    });
});

it('get_security_info: as it is, as it was on a date, and none before its first day', async () => {
  const infos = await stage.run((jq) => {
    const plain = (info: ReturnType<typeof jq.get_security_info>): unknown =>
      info === null
        ? null
        : [
            info.code,
            info.display_name,
            info.name,
            info.type,
            String(info.start_date),
            String(info.end_date),
            info.parent,
          ];
    return [
      jq.get_security_info('300750.XSHE'),
      jq.get_security_info('300750.SZ', '2020-01-02'),
      jq.get_security_info({ code: '300750.XSHE', date: '2018-06-10' }),
      jq.get_security_info('510300.XSHG'),
    ].map(plain);
  });
  const battery = ['300750.XSHE', '宁德时代', 'NDSD', 'stock', '2018-06-11', '2200-01-01', null];
  expect(infos).toEqual([battery, battery, null, expect.arrayContaining(['etf', '2012-05-28'])]);
});

it('what is delisted has a last day from then on, and another name in its last days', async () => {
  const { list } = marketDays();
  const gone = entries().stocks.find(({ lastIndex }) => lastIndex !== null && (list[lastIndex] ?? '') < '2026-06-01');
  const last = gone?.lastIndex ?? Number.NaN;
  const [before, end] = [list[last - 1] ?? '', list[last] ?? ''];
  const ends = await stage.run(
    (jq, code, days) =>
      days.map((day) => {
        const info = jq.get_security_info(code, day);
        return [String(info?.end_date), info?.display_name.includes('退')];
      }),
    gone?.security ?? '',
    [list[last - 40] ?? '', before, end],
  );
  // Asked about an earlier day it is still known when it ended: the day of the question is today.
  expect(ends).toEqual([
    [end, false],
    [end, true],
    [end, true],
  ]);
  const early = await stage.runAt(
    `${before} 10:00`,
    (jq, code, day) => [
      String(jq.get_security_info(code, day)?.end_date),
      jq.get_all_securities('stock', day).index.includes(code),
    ],
    gone?.security ?? '',
    before,
  );
  expect(early).toEqual(['2200-01-01', true]);
});

import { expect, it } from 'vitest';
import type { DataRequest } from '../../../../src/domain/data/datasets.ts';
import { askAt, market, rowsOf } from './ask.ts';

const gone = market.stocks().find(({ lastIndex }) => lastIndex !== null && lastIndex < market.days.list.length - 100);
const [security, last] = [gone?.security ?? '', gone?.lastIndex ?? 0];
const [start, end] = [market.days.day(last - 5), market.days.day(last + 5)];
const params = { securities: [security], start, end, count: null };

it.each<[DataRequest]>([
  [{ dataset: 'money_flow', params }],
  [{ dataset: 'margin_balances', params }],
  [{ dataset: 'billboard', params }],
  [{ dataset: 'call_auction', params: { securities: [security], start, end } }],
])('$dataset of what is delisted ends with its last day', (request) => {
  const rows = rowsOf(askAt(`${market.days.day(last + 20)} 10:00`, request));
  const days = rows.map((row) => Number(row['date'] ?? row['day'] ?? row['time']));
  expect(days.filter((day) => day >= market.days.midnight(last + 1))).toEqual([]);
  // Under risk warning nothing is bought on margin, and large moves are rare: those two have no rows at all here.
  if (request.dataset === 'money_flow' || request.dataset === 'call_auction') expect(days).toHaveLength(6);
});

it('a factor of it is missing afterwards', () => {
  const request = { dataset: 'factor_values', params: { ...params, factors: ['size'] } } as const;
  const rows = rowsOf(askAt(`${market.days.day(last + 20)} 10:00`, request));
  expect(rows.map((row) => row['size'] !== null)).toEqual([
    ...Array<boolean>(6).fill(true),
    ...Array<boolean>(5).fill(false),
  ]);
});

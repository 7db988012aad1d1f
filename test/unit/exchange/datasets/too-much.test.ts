import { expect, it } from 'vitest';
import type { DataRequest } from '../../../../src/domain/data/datasets.ts';
import { askAt, market } from './ask.ts';

const all = market.stocks().map(({ security }) => security);
const since2015 = { securities: all, start: '2015-01-01', end: '2026-07-03' };
const questions: readonly DataRequest[] = [
  { dataset: 'extras', params: { info: 'is_st', ...since2015, count: null } },
  { dataset: 'money_flow', params: { ...since2015, count: null } },
  { dataset: 'margin_balances', params: { ...since2015, count: null } },
  { dataset: 'billboard', params: { ...since2015, securities: null, count: null } },
  { dataset: 'call_auction', params: since2015 },
];

it.each(questions)('$dataset: many years of all stocks are refused before anything is made of them', (question) => {
  expect(() => askAt('2026-07-03 21:00', question)).toThrow(
    expect.objectContaining({ code: 'TOO_MUCH_DATA', fault: 'strategy' }),
  );
});

it('the risk warnings of all stocks of a quarter are answered', () => {
  const params = { info: 'is_st', securities: all, start: null, end: '2026-07-03', count: 60 };
  expect(askAt('2026-07-03 21:00', { dataset: 'extras', params }).rows).toBe(60 * all.length);
});

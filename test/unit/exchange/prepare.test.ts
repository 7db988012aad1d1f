import { expect, it } from 'vitest';
import type { DataRequest } from '../../../src/domain/data/datasets.ts';
import { finished } from '../../../src/domain/steps.ts';
import { booksOf } from '../../../src/exchange/company/books.ts';
import { answerOf } from '../../../src/exchange/datasets/index.ts';
import { createExchange } from '../../../src/exchange/index.ts';
import { Market } from '../../../src/exchange/market.ts';
import { prepareMarket } from '../../../src/exchange/prepare.ts';
import { planOf } from './company/plans.ts';

const NOW = Date.parse('2026-07-06T10:00:00+08:00');
const COLUMNS = [
  'valuation.code',
  'valuation.market_cap',
  'valuation.pb_ratio',
  'indicator.roe',
  'balance.total_assets',
];
const QUESTIONS: readonly DataRequest[] = [
  { dataset: 'securities', params: { types: ['stock', 'etf'], day: null } },
  {
    dataset: 'query',
    params: { database: 'fundamentals', query: planOf(COLUMNS), day: '2026-05-07', period: null, days: null },
  },
];

it('a market answers the same prepared, half prepared, and asked at once', () => {
  const answers = (steps: number): unknown => {
    const market = new Market(7);
    const work = prepareMarket(market, NOW);
    for (let step = 0; step < steps && work.next().done !== true; step += 1);
    return QUESTIONS.map((request) => answerOf(market, request, NOW));
  };
  const atOnce = answers(0);
  expect(answers(Number.POSITIVE_INFINITY)).toEqual(atOnce);
  expect(answers(7000)).toEqual(atOnce);
});

it('who asks while it is being prepared gets the very companies that it goes on with', () => {
  const market = new Market(11);
  const work = prepareMarket(market, NOW);
  for (let step = 0; step < 8000; step += 1) work.next();
  const asked = [...market.stocks()];
  finished(work);
  expect(market.stocks().every((one, at) => one === asked[at])).toBe(true);
});

it('stops after each company, and after each few that are asked for together', () => {
  const market = new Market(12);
  let steps = 0;
  for (const _ of prepareMarket(market, NOW)) steps += 1;
  const companies = market.stocks().length;
  // Each company once as an instrument and once in the screen of a few.
  expect(steps).toBeGreaterThan(2 * companies);
});

it('the accounts of every company are made by then', () => {
  const market = new Market(13);
  finished(prepareMarket(market, NOW));
  const before = process.memoryUsage().arrayBuffers;
  for (const one of market.stocks()) booksOf(one, market.days).equityAt(60);
  // Books of companies that had none would take a block of 170 KB for 64 of them.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
});

it('an exchange prepares its market as of its own time, and keeps its book as it is', () => {
  const exchange = createExchange({
    clock: { now: () => NOW },
    seed: 7,
    accounts: [{ key: 'default', accountId: '1', cash: 1000 }],
  });
  const before = exchange.save();
  finished(exchange.prepare());
  expect(exchange.save()).toEqual(before);
});

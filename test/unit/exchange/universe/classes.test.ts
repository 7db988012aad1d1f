import { expect, it } from 'vitest';
import { askAt, market, rowsOf } from '../datasets/ask.ts';
import { CLASSIFICATIONS, classesOf, classificationOf } from '../../../../src/exchange/universe/industries.ts';
import { CONCEPTS } from '../../../../src/exchange/universe/concepts.ts';

const NOW = '2026-07-06 10:00';
const DAY = '2026-07-06';
const codesIn = (dataset: 'industry_members' | 'concept_members', name: string, day = DAY): string[] => {
  const request =
    dataset === 'industry_members'
      ? ({ dataset, params: { industry: name, day } } as const)
      : ({ dataset, params: { concept: name, day } } as const);
  return rowsOf(askAt(NOW, request)).map(({ code }) => String(code));
};
const listed = rowsOf(askAt(NOW, { dataset: 'securities', params: { types: ['stock'], day: DAY } })).map(({ code }) =>
  String(code),
);

it.each(CLASSIFICATIONS)('%s sorts each listed stock into exactly one class', (classification) => {
  const table = askAt(NOW, { dataset: 'industries', params: { classification, day: DAY } });
  const names = rowsOf(table).map(({ code }) => String(code));
  expect(names.length).toBeGreaterThan(10);
  const members = names.flatMap((code) => codesIn('industry_members', code));
  expect(members.toSorted()).toEqual(listed);
});

it('numbers and names of classes are different ones, and each number belongs to one classification', () => {
  for (const classification of CLASSIFICATIONS) {
    const classes = classesOf(classification);
    expect(new Set(classes.map(({ code }) => code)).size).toBe(classes.length);
    expect(new Set(classes.map(({ name }) => name)).size).toBe(classes.length);
    for (const { code } of classes) expect(classificationOf(code)).toBe(classification);
  }
  expect(classesOf('sw_l1')).toHaveLength(31);
  expect(classesOf('jq_l1')).toHaveLength(11);
  expect(classificationOf('801999')).toBeNull();
});

it('what a stock is classified as is what the classes list it in, and levels lie within one another', () => {
  const securities = listed.filter((_, nth) => nth % 300 === 0);
  const rows = rowsOf(askAt(NOW, { dataset: 'industries_of', params: { securities, day: DAY } }));
  expect(rows).toHaveLength(securities.length * CLASSIFICATIONS.length);
  for (const { code, industry_code } of rows)
    expect(codesIn('industry_members', String(industry_code))).toContain(code);
  const wider = codesIn('industry_members', '801080');
  for (const code of codesIn('industry_members', '801081')) expect(wider).toContain(code);
});

it('concepts have several stocks, stocks several concepts, and none before the first day of either', () => {
  const sizes = CONCEPTS.map(({ code }) => codesIn('concept_members', code).length);
  expect(Math.min(...sizes)).toBeGreaterThan(15);
  const params = { securities: listed, day: DAY };
  const rows = rowsOf(askAt(NOW, { dataset: 'concepts_of', params }));
  expect(rows.length).toBe(sizes.reduce((a, b) => a + b, 0));
  expect(rows.length / listed.length).toBeGreaterThan(1);
  const young = CONCEPTS.at(-1);
  expect(codesIn('concept_members', young?.code ?? '', '2024-04-08')).toEqual([]);
  const early = rowsOf(askAt('2016-01-04 10:00', { dataset: 'concepts', params: {} }));
  expect(early.length).toBe(CONCEPTS.filter(({ startDate }) => startDate <= '2016-01-04').length);
  for (const code of codesIn('concept_members', 'GN032', '2014-01-06'))
    expect(market.instrument(code).startDate <= '2014-01-06').toBe(true);
});

it.each([
  [{ dataset: 'industry_members', params: { industry: '801999', day: DAY } }],
  [{ dataset: 'concept_members', params: { concept: 'GN999', day: DAY } }],
  [{ dataset: 'industries', params: { classification: 'sw', day: DAY } }],
  [{ dataset: 'index_members', params: { index: '000001.XSHE', day: DAY } }],
  [{ dataset: 'index_weights', params: { index: '600519.XSHG', day: DAY } }],
  [{ dataset: 'fund_info', params: { security: '600519.XSHG', day: DAY } }],
  [{ dataset: 'future_contracts', params: { product: 'XX', day: DAY } }],
  [{ dataset: 'dominant_future', params: { product: 'XX', day: DAY } }],
] as const)('%o names nothing: an error, not an empty table', (request) => {
  expect(() => askAt(NOW, request)).toThrow(expect.objectContaining({ code: 'UNKNOWN_NAME' }));
});

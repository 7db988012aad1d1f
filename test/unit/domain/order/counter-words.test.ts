import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inEnglish, saysSomebodyCancelled } from '../../../../src/domain/order/counter-words.ts';
import {
  badAmountText,
  badLotText,
  badTickText,
  cageText,
  noCashText,
  noSharesText,
  priceLimitText,
  TEXTS,
  tooLargeText,
} from '../../../../src/exchange/texts.ts';

test.each([
  ['用户撤单', 'cancelled by a user (用户撤单)'],
  ['废单', 'void (废单)'],
  ['[资金不足] 可用资金不足: 需要10.00, 可用9.00', 'not enough cash ([资金不足] 可用资金不足: 需要10.00, 可用9.00)'],
  ['证券可用数量不足', 'not enough shares that can be sold (证券可用数量不足)'],
  [
    '[收盘撤单] 当日委托有效, 收盘后未成交部分自动撤单',
    'cancelled at the close ([收盘撤单] 当日委托有效, 收盘后未成交部分自动撤单)',
  ],
  ['某种没听说过的原因', 'in its own words: 某种没听说过的原因'],
  ['insufficient funds', 'insufficient funds'],
  [' ', ''],
])('%s is said as: %s', (text, english) => {
  expect(inEnglish(text)).toBe(english);
});

test('every text of the paper counter has its English', () => {
  const texts = [
    ...Object.values(TEXTS),
    badLotText('buy', { minBuy: 100, step: 100, maxLimit: 1, maxMarket: 1 }),
    badLotText('sell', { minBuy: 200, step: 1, maxLimit: 1, maxMarket: 1 }),
    badAmountText(-1),
    tooLargeText(1_000_000),
    badTickText(0.01),
    priceLimitText(9, 11),
    cageText('buy', 10.2),
    noCashText(10, 9),
    noSharesText(200, 100),
  ];
  for (const text of texts) expect(inEnglish(text)).not.toContain('in its own words');
});

test('every refusal that the gateway is known to raise has its English', () => {
  const file = readFileSync(new URL('../../../../src/protocol/refusals.ts', import.meta.url), 'utf8');
  const texts = [...file.matchAll(/^ {2}\/\^(.+)\$\/,$/gmu)].map(([, pattern = '']) => pattern.replaceAll('\\', ''));
  expect(texts.length).toBeGreaterThan(15);
  for (const text of texts) expect(inEnglish(text)).not.toContain('in its own words');
});

test('whether somebody cancelled is told by the words, or by their lack', () => {
  expect(['', '用户撤单', '场内撤单', '收盘撤单', '废单'].map(saysSomebodyCancelled)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comparedWith, dayDigest, isOfPart } from '../../../../src/cli/notify/day-digest.ts';
import { DayTally } from '../../../../src/cli/notify/day-tally.ts';
import { ValueBook } from '../../../../src/cli/notify/value-book.ts';
import type { OrderView, TradeView } from '../../../../src/domain/order/types.ts';
import { chinaInstant, DAY } from '../../../../src/domain/time.ts';
import { anAccount, aPosition } from '../../domain/order/builders.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const NOON = chinaInstant('2026-07-06', '12:00');

const order = (change: Partial<OrderView>): OrderView => ({
  orderId: 'o',
  brokerOrderIds: [],
  security: '000001.XSHE',
  side: 'buy',
  amount: 200,
  filled: 200,
  price: 10,
  avgCost: null,
  commission: null,
  style: { kind: 'market', limitPrice: null },
  state: 'filled',
  reason: null,
  unknown: false,
  addTime: NOON,
  ...change,
});
const trade = (change: Partial<TradeView>): TradeView => ({
  tradeId: 't',
  orderId: 'o',
  security: '000001.XSHE',
  side: 'buy',
  amount: 200,
  price: 10,
  time: NOON,
  commission: 5,
  tax: 0,
  ...change,
});

describe('the figures of a day', () => {
  const account = anAccount({
    totalValue: 110_000,
    availableCash: 50_000,
    aside: 1_000,
    positions: [
      aPosition({ security: '000002.XSHE', amount: 100, value: 500, price: 5, avgCost: 4 }),
      aPosition({ security: '000001.XSHE', amount: 200, value: 2_000, price: null }),
      aPosition({ security: '000003.XSHE', amount: 0 }),
    ],
  });
  const digest = dayDigest({
    day: '2026-07-06',
    account,
    orders: [
      order({}),
      order({ state: 'canceled', filled: 100 }),
      order({ state: 'canceled', filled: 0 }),
      order({ state: 'accepted', filled: 100 }),
      order({ state: 'unknown', unknown: true, filled: 0 }),
      order({ addTime: NOON - DAY }),
    ],
    trades: [
      trade({}),
      trade({ side: 'sell', amount: 100, price: 11, tax: 1 }),
      trade({ security: '204001.XSHG', side: 'sell', amount: 10, price: 1.5 }),
    ],
    refused: 2,
    differences: ['ALARM: it rains'],
    before: { value: 100_000, since: '2026-07-03' },
    values: [],
  });

  test('count each order once, of its own day, by how it ended', () => {
    expect(digest.orders).toEqual({ asked: 7, filled: 1, partly: 1, refused: 2, open: 1, unknown: 1 });
    expect(digest.differences).toEqual([
      'UNKNOWN: buy 200 000001.XSHE',
      'still open: buy 100 000001.XSHE',
      'ALARM: it rains',
    ]);
  });

  test('take a lend for what it lends, and the whole with what is put aside', () => {
    expect(digest.fills).toEqual({ count: 3, bought: 2_000, sold: 2_100, fees: 16 });
    expect(digest).toMatchObject({ totalValue: 111_000, cash: 51_000, profit: { money: 11_000, share: 0.11 } });
  });

  test('have the largest holding first, and no gain where a price is missing', () => {
    expect(digest.positions.map(({ security, gain }) => [security, gain])).toEqual([
      ['000001.XSHE', null],
      ['000002.XSHE', 0.25],
    ]);
  });

  test('do not take what is missing for zero', () => {
    const none = { day: '2026-07-06', orders: [], refused: 0, differences: [], before: null, values: [] };
    const unknown = dayDigest({ ...none, account: null, trades: [trade({ commission: null })] });
    expect(unknown).toMatchObject({ totalValue: null, cash: null, profit: null, fills: { fees: null } });
  });
});

describe('what else a day had', () => {
  test('begins anew each day, but an alarm that stands', () => {
    const tally = new DayTally();
    tally.hear({ kind: 'alarm', alarm: { code: 'ORDER_MISSING', subject: 'a', text: 'one is missing' } }, NOON);
    tally.hear({ kind: 'alarm', alarm: { code: 'ORDER_MISSING', subject: 'b', text: 'another' } }, NOON);
    tally.hear({ kind: 'all_clear', code: 'ORDER_MISSING', subject: 'b', text: 'found' }, NOON);
    tally.hear({ kind: 'external_change', text: '100 came' }, NOON);
    tally.hear({ kind: 'task_not_run', task: 'buy', due: NOON, reason: 'the disk is full' }, NOON);
    expect(tally.of(NOON).differences).toEqual(['ALARM: one is missing', '1 task did not run', '100 came']);
    expect(tally.of(NOON + DAY).differences).toEqual(['ALARM: one is missing']);
  });
});

describe('the values of the days', () => {
  test('outlast the process, one a day, and a file that is none is begun anew', () => {
    const path = join(temporaryFolder('values'), 'day-values.json');
    const book = new ValueBook(path);
    expect(book.before('2026-07-06')).toBeNull();
    book.keep({ day: '2026-07-03', value: 1 });
    book.keep({ day: '2026-07-06', value: 2 });
    book.keep({ day: '2026-07-06', value: 3 });
    const again = new ValueBook(path);
    expect(again.before('2026-07-06')).toEqual({ day: '2026-07-03', value: 1 });
    expect(again.before('2026-07-07')).toEqual({ day: '2026-07-06', value: 3 });
    writeFileSync(path, '{"no": "list"');
    expect(new ValueBook(path).before('2026-07-07')).toBeNull();
  });
});

test('a day’s change is reckoned within one part of the account, and a change of it is told', () => {
  const last = { day: '2026-07-03', value: 100_000 };
  const evening = chinaInstant('2026-07-03', '18:00');
  expect(comparedWith(last, isOfPart(0), 90_000)).toEqual({
    before: { value: 100_000, since: '2026-07-03' },
    isOther: false,
  });
  expect(comparedWith(last, isOfPart(evening - DAY), 90_000).isOther).toBe(false);
  const other = comparedWith(last, isOfPart(evening), 90_000);
  expect(other).toEqual({ before: { value: 90_000, since: 'the start of this run' }, isOther: true });
  const { profit, differences } = dayDigest({
    day: '2026-07-06',
    account: anAccount({ totalValue: 91_000, aside: 0 }),
    orders: [],
    trades: [],
    refused: 0,
    differences: [],
    values: [],
    ...other,
  });
  expect(profit?.money).toBe(1_000);
  expect(differences).toEqual([expect.stringContaining('--positions was changed')]);
});

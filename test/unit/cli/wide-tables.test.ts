import { afterEach, describe, expect, test } from 'vitest';
import { reportText } from '../../../src/cli/day-report/text.ts';
import { ordersTable, positionsTable, riskText, tradesTable } from '../../../src/cli/look/lists-text.ts';
import { program } from '../../../src/cli/main.ts';
import { SCREEN_WIDTH, textWidth, wrapPage } from '../../../src/cli/wrap-text.ts';
import { useLanguage } from '../../../src/platform/language.ts';
import { dayReport } from '../../../src/report/day-report.ts';
import { anOrder, aPosition, aStatus, aTrade, at } from '../report/a-status.ts';

afterEach(() => useLanguage(null));

function tooWide(text: string): string[] {
  return text.split('\n').filter((line) => textWidth(line) > SCREEN_WIDTH);
}

const NAME = '沪深300增强策略ETF联接C';
const REASON = `${'委托价格超出涨跌幅限制，'.repeat(12)} LIMIT_ORDER_VALUE: ${'above what one order may be '.repeat(8)}`;
const ID = '0mx3uve53000v3r50o1m';
const AMOUNT = 10_000_000;
const position = aPosition({
  pindex: 12,
  security: '510300.XSHG',
  name: NAME,
  amount: AMOUNT,
  closeableAmount: AMOUNT,
  avgCost: 1_234.5678,
  price: 1_235.6789,
  value: 12_356_789_000,
  profit: -1_234_567_890.12,
  profitPercent: -123.45,
  weight: 100,
});
const order = anOrder({
  orderId: ID,
  amount: AMOUNT,
  filled: AMOUNT - 100,
  price: 1_234.5678,
  callPrice: 1_200.1234,
  reason: REASON,
  task: `before_market_open_${'rebalance_'.repeat(6)} 09:35`,
  state: 'canceled',
  pindex: 12,
});
const trade = aTrade({
  orderId: ID,
  amount: AMOUNT,
  price: 1_234.5678,
  value: 12_345_678_000,
  commission: 1_234_567.89,
  tax: 12_345_678.9,
});
const LIMIT = {
  rule: 'daily_value',
  variable: 'MAX_SOMETHING_OF_A_DAY_THAT_HAS_A_LONG_NAME_IN_ALL',
  limit: 12_345_678_000,
  used: 12_345_678_000,
  unit: 'CNY',
} as const;
const status = aStatus({
  orders: [order, { ...order, side: 'sell' }],
  trades: [trade, { ...trade, tradeId: '2', side: 'sell' }, { ...trade, tradeId: '3', orderId: 'another' }],
  positions: [position, { ...position, pindex: 3 }],
  triggers: [
    {
      task: order.task ?? '',
      due: at('09:35:00'),
      outcome: 'interrupted',
      reason: REASON,
      startedAt: at('09:35:00'),
      endedAt: null,
    },
  ],
  risk: {
    limits: [],
    stops: [],
    log: [{ at: at('09:35:00'), level: 'denied', rule: 'daily_loss', orderId: ID, text: REASON }],
    killFile: false,
    kill: null,
  },
});

describe('no line is wider than a screen, names in Chinese and figures of millions', () => {
  test('of bt orders, bt positions, bt trades and bt risk', () => {
    const texts = [
      ordersTable(status.orders, status.day, false),
      positionsTable(status.positions, false),
      tradesTable(status, false),
      riskText({ ...status, risk: { ...status.risk, limits: [LIMIT], log: [] } }, false),
    ];
    expect(texts.map(tooWide)).toEqual([[], [], [], []]);
    expect(texts[1]).toContain(NAME);
    expect(texts[1]).toContain('12,356,789,000.00');
  });

  test.each(['en', 'zh'] as const)('of bt report, in %s', (language) => {
    useLanguage(language);
    const text = reportText(dayReport(status, [], at('15:30:00')), false);
    expect(tooWide(text)).toEqual([]);
    for (const told of ['510300.XSHG', '9,999,900', '1200.1234']) expect(text).toContain(told);
  });

  test('of the help of any command', () => {
    const all = [program()];
    for (const command of all) {
      all.push(...command.commands);
      let text = '';
      command.configureOutput({ writeOut: (part) => (text += part) });
      command.outputHelp();
      expect(tooWide(wrapPage(text, SCREEN_WIDTH)), command.name()).toEqual([]);
      expect(text).toContain('Usage: ');
    }
    expect(all.length).toBeGreaterThan(35);
  });
});

test('what fits a screen stays a line a row', () => {
  const small = {
    ...position,
    pindex: 0,
    name: '平安银行',
    amount: 100,
    closeableAmount: 100,
    avgCost: 9.1,
    price: 9.2,
  };
  const text = positionsTable([{ ...small, value: 920, profit: 10, profitPercent: 1.1, weight: 0.1 }], false);
  expect(text.split('\n')).toHaveLength(5);
});

test('the id of an order stands once below its fills', () => {
  const text = tradesTable(status, false);
  expect(text.match(new RegExp(ID, 'gu'))).toHaveLength(1);
  expect(text).toContain('another');
});

import { describe, expect, test } from 'vitest';
import { closingTable } from '../../../src/cli/closing-table.ts';
import { textWidth } from '../../../src/cli/wrap-text.ts';
import { LANGUAGES, useLanguage } from '../../../src/platform/language.ts';
import { inLanguage } from '../../../src/words/in-language.ts';
import type { AccountView, OrderView, TradeView } from '../../../src/domain/order/types.ts';
import type { RunReport } from '../../../src/engine/report.ts';

const AT = Date.parse('2026-07-06T09:36:00+08:00');

function account(cash: number): AccountView {
  return {
    version: 1,
    asOf: AT,
    availableCash: cash,
    lockedCash: 0,
    transferableCash: null,
    totalValue: cash + 672,
    startingCash: 1_000_000,
    positions: [
      {
        security: '000002.XSHE',
        name: '万科A',
        amount: 100,
        closeableAmount: 0,
        lockedAmount: 0,
        todayAmount: 100,
        avgCost: 6.7701,
        price: null,
        value: 672,
        initTime: null,
        transactTime: null,
      },
    ],
  };
}

const ORDER: OrderView = {
  orderId: 'o1',
  brokerOrderIds: ['1073741825'],
  security: '000002.XSHE',
  side: 'buy',
  amount: 200,
  filled: 100,
  price: 6.72,
  avgCost: 6.72,
  commission: 5,
  style: { kind: 'limit', limitPrice: 6.8 },
  state: 'canceled',
  reason: '用户撤单',
  unknown: false,
  addTime: AT,
};

const TRADE: TradeView = {
  tradeId: 't1',
  orderId: 'o1',
  security: '000002.XSHE',
  side: 'buy',
  amount: 100,
  price: 6.72,
  time: AT,
  commission: 5,
  tax: 0.34,
};

function report(changes: Partial<RunReport> = {}): RunReport {
  return {
    version: 1,
    strategy: 'demo',
    broker: 'qmt-remote',
    clock: 'simulated',
    startedAt: AT,
    endedAt: AT + 60_000,
    exitCode: 0,
    accountAtStart: account(1_000_000),
    accountAtEnd: account(999_322.66),
    accountRead: true,
    orders: [ORDER],
    refused: [],
    intents: [],
    trades: [TRADE, { ...TRADE, tradeId: 't2' }],
    triggers: [],
    errors: [],
    alarms: [],
    dataErrors: [],
    clockSteps: [],
    open: [],
    ...changes,
  };
}

const rows = (text: string, word: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.includes(word))
    .map((line) => line.replaceAll(/[│\s]+/gu, ' ').trim());

describe('the closing table', () => {
  test('shows orders, fills with their fees in sum, account and positions', () => {
    const text = closingTable(report(), false);
    expect(rows(text, 'limit')).toEqual(['09:36:00 000002.XSHE buy limit 6.80 200 100 6.72 partly filled, cancelled']);
    expect(rows(text, '用户撤单')).toEqual(['用户撤单']);
    expect(rows(text, 'fees')).toEqual(['fees 10.00 0.68']);
    expect(rows(text, 'available cash')).toEqual(['available cash 1,000,000.00 999,322.66 -677.34']);
    expect(rows(text, '万科A')).toEqual(['000002.XSHE 万科A 100 0 6.7701 - 672.00']);
    expect(text).toContain('Nothing of this instance is open at the broker.');
    expect(text).not.toContain('\u001b[');
  });

  test('the style shows what was sent: the limit on its tick, the protection of a market style', () => {
    const intent = {
      clientId: 'c',
      brokerOrderId: '1',
      remark: 'bt:a',
      state: 'filled',
      amount: 200,
      filled: 0,
    } as const;
    const orders = [ORDER, { ...ORDER, orderId: 'o2', style: { kind: 'market', limitPrice: null } as const }];
    const intents = [
      { ...intent, orderId: 'o1', price: 6.790000000000001 },
      { ...intent, orderId: 'o2', price: 6.82 },
    ];
    const text = closingTable(report({ orders, intents }), false);
    expect([...rows(text, 'limit 6.79'), ...rows(text, 'market 6.82')]).toHaveLength(2);
  });

  test('shows each sub-portfolio with what it holds, and what is put aside', () => {
    const { availableCash, lockedCash, transferableCash, positions } = account(900);
    const sub = { type: 'stock' as const, availableCash, lockedCash, transferableCash, positions };
    const subs = [
      { ...sub, totalValue: 1572, startingCash: 1500 },
      { ...sub, totalValue: 900, startingCash: 1000, positions: [] },
    ];
    const end = { ...account(1800), subs, aside: 250 };
    const text = closingTable(report({ accountAtEnd: end, orders: [ORDER, { ...ORDER, pindex: 1 }] }), false);
    expect(rows(text, 'put in')).toEqual(['sub total value available cash locked cash put in gain']);
    expect(rows(text, '1,572.00')).toEqual(['0 1,572.00 900.00 0.00 1,500.00 +72.00']);
    expect(rows(text, '1,000.00')).toEqual(['1 900.00 900.00 0.00 1,000.00 -100.00']);
    expect(rows(text, '万科A')).toEqual(['0 000002.XSHE 万科A 100 0 6.7701 - 672.00']);
    expect(rows(text, 'put aside')).toEqual(['of it put aside 0.00 250.00 +250.00']);
    expect(rows(text, 'total value').at(0)).toMatch(/^total value 1,000,672\.00 2,722\.00/u);
    expect(rows(text, 'limit')).toEqual([
      expect.stringMatching(/^09:36:00 0 000002\.XSHE/u),
      expect.stringMatching(/^09:36:00 1 000002\.XSHE/u),
    ]);
    const one = closingTable(report({ accountAtEnd: { ...end, subs: subs.slice(0, 1) } }), false);
    expect([one.includes('Sub-portfolios'), rows(one, '万科A')[0]?.startsWith('000002')]).toEqual([false, true]);
  });

  test('says when the account could not be read at the end, and of when it is', () => {
    const said = 'The account could not be read at the end: this is of 2026-07-06';
    expect(closingTable(report({ accountRead: false, accountAtEnd: { ...account(1), asOf: AT } }), false)).toContain(
      said,
    );
    expect(closingTable(report(), false)).not.toContain('could not be read');
  });

  test('holds what was refused here', () => {
    const refusal = { time: AT, security: '000002.XSHE', asked: 'order_target 500', reason: 'none is held' };
    const text = closingTable(report({ refused: [refusal] }), false);
    expect(text).toContain('Refused here, nothing was sent');
    expect(rows(text, 'order_target')).toEqual(['09:36:00 000002.XSHE order_target 500 none is held']);
    expect(closingTable(report(), false)).not.toContain('Refused');
  });

  test('stays in line with wide characters', () => {
    const width = (line: string): number => line.length + (line.match(/[\u2e80-\uffef]/gu)?.length ?? 0);
    for (const title of ['Orders', 'Positions']) {
      const text = closingTable(report(), false);
      const lines = text
        .slice(text.indexOf(`${title}\n`))
        .split('\n')
        .slice(1);
      const table = lines.slice(0, lines.findIndex((line) => line.startsWith('└')) + 1);
      expect(table.length).toBeGreaterThan(3);
      expect(new Set(table.map(width)).size).toBe(1);
    }
  });

  test('an unknown fee makes the sum unknown, never smaller', () => {
    const text = closingTable(report({ trades: [TRADE, { ...TRADE, commission: null }] }), false);
    expect(rows(text, 'fees')).toEqual(['fees - 0.68']);
  });

  test('says what is still open and what went wrong', () => {
    const open = [{ ...ORDER, state: 'unknown' as const, unknown: true, brokerOrderIds: [] }];
    const errors = [{ time: AT, code: 'STRATEGY', message: 'boom', stack: null, task: 'f' }];
    const text = closingTable(report({ open, errors }), false);
    expect(text).toContain('buy 100 of 200 000002.XSHE: unknown (fate unknown) (no broker id yet)');
    expect(text).toContain('Errors (1)\n  2026-07-06 09:36:00 STRATEGY: boom');
  });

  test('tells an error that came again and again once, with its first and last time', () => {
    const boom = { time: AT, code: 'STRATEGY', message: 'boom', stack: null, task: 'f' };
    const errors = [boom, { ...boom, message: 'other' }, ...[1, 2].map((n) => ({ ...boom, time: AT + n * 60_000 }))];
    expect(closingTable(report({ errors }), false)).toContain(
      'Errors (4)\n  2026-07-06 09:36:00 STRATEGY: boom (and 2 more, the last at 2026-07-06 09:38:00)\n  2026-07-06 09:36:00 STRATEGY: other',
    );
  });

  test('writes times with their day where a run has several', () => {
    const day = 86_400_000;
    const times = (endedAt: number): string | undefined =>
      rows(closingTable(report({ endedAt, trades: [{ ...TRADE, time: AT }] }), false), '09:36:00').find((row) =>
        row.includes(TRADE.security),
      );
    expect(times(AT)).toMatch(/^09:36:00/u);
    expect(times(AT + day)).toMatch(/^07-06 09:36:00/u);
    expect(times(AT + 300 * day)).toMatch(/^2026-07-06 09:36:00/u);
  });

  test('says which tasks did not run, that the clock moved, and which alarms stand', () => {
    const skipped = { task: 'buy (daily 09:36)', due: AT, outcome: 'skipped', reason: 'the gate was closed' };
    const alarm = { time: AT, code: 'ORDER_UNKNOWN', subject: 'bt:a', text: 'its fate is not known', over: null };
    const text = closingTable(
      report({
        triggers: [skipped, { ...skipped, due: AT + 60_000 }, { ...skipped, outcome: 'ran', task: 'sell' }],
        alarms: [alarm, { ...alarm, text: 'that was', over: AT + 1 }],
        clockSteps: [{ time: AT, stepMs: -120_000 }],
      }),
      false,
    );
    expect(text).toContain(
      'Tasks that did not run (2)\n  2026-07-06 09:36:00 buy (daily 09:36): the gate was closed (and 1 more)',
    );
    const cutOff = { ...skipped, outcome: 'interrupted', reason: 'bt stopped while it ran; it had ordered nothing' };
    expect(closingTable(report({ triggers: [cutOff, skipped] }), false)).toContain(
      'Tasks that did not run, or not to their end (2)\n  2026-07-06 09:36:00 buy (daily 09:36): bt stopped while it ran; it had ordered nothing\n',
    );
    expect(text).toContain('The clock of this machine moved\n  2026-07-06 09:36:00 set back by 120 s');
    expect(text).toContain('Alarms that stand (1)\n  2026-07-06 09:36:00 its fate is not known');
    expect(text).not.toContain('that was');
  });

  test('a run without anything is short', () => {
    const empty = { ...account(1), positions: [] };
    const text = closingTable(report({ orders: [], trades: [], accountAtEnd: empty }), false);
    expect(text).toContain('No orders.\nNo fills.\nAccount\n');
    expect(text).toContain('No positions.');
  });

  test('colours only when asked', () => {
    expect(closingTable(report(), true)).toContain('\u001b[');
    expect(closingTable(report(), false)).not.toContain('\u001b[');
  });

  test('shows the ends of what is too long for a screen', () => {
    const [order] = report().orders;
    if (order === undefined) throw new Error('the report has no order');
    const orders = Array.from({ length: 1000 }, (_, index) => ({ ...order, amount: 10_000 + index }));
    const text = closingTable({ ...report(), orders }, false);
    expect(text).toContain('10000');
    expect(text).toContain('10999');
    expect(text).toContain('… 900 more');
    expect(text.split('\n').length).toBeLessThan(250);
  });
});

test('the value of a lend is its money: 100 CNY a unit, whatever its rate', () => {
  const lend: TradeView = { ...TRADE, security: '204001.XSHG', side: 'sell', amount: 1_000, price: 1.855 };
  expect(closingTable(report({ trades: [lend] }), false)).toMatch(/204001\.XSHG .*1\.855 .*100,000\.00/);
});

test('a long reason, and a long error, stay within 100 columns, in both languages', () => {
  const reason = 'the counter says that the order is not allowed for this account and this security '.repeat(3);
  const refused = [{ time: AT, security: '000001.XSHE', asked: 'buy 100', reason }];
  const errors = [{ time: AT, code: 'STRATEGY_ERROR', message: reason, stack: null, task: 'trade' }];
  for (const language of LANGUAGES) {
    useLanguage(language);
    const orders = [{ ...ORDER, reason }];
    const text = inLanguage(closingTable(report({ orders, refused, errors }), false));
    const widest = Math.max(...text.split('\n').map(textWidth));
    expect(widest, language).toBeLessThanOrEqual(100);
  }
  useLanguage('zh');
  expect(closingTable(report(), false)).toContain('限价 6.80');
  useLanguage(null);
});

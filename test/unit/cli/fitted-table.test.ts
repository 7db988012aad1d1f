import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fittedTable, notedTable } from '../../../src/cli/fitted-table.ts';
import { instancesText } from '../../../src/cli/look/instances-text.ts';
import { ordersTable, riskText } from '../../../src/cli/look/lists-text.ts';
import type { InstanceStatus, OrderStatus } from '../../../src/status/types.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import { SCREEN_WIDTH, textWidth, wrapText } from '../../../src/cli/wrap-text.ts';

function widest(text: string): number {
  return Math.max(...text.split('\n').map(textWidth));
}

test('a table with a long reason fits a screen, and nothing of it is lost', () => {
  const reason = 'SESSION_CLOSED: the market is closed and this order was refused before it was sent to the gateway';
  const head = ['time', 'id', 'security', 'side', 'style', 'amount', 'filled', 'price', 'reason'];
  const row = ['09:31:00', 'b1234567890', '510300.XSHG', 'buy', 'market 3.9120', '100', '0', '-', reason];
  const text = fittedTable(head, [row], ['amount', 'filled', 'price'], false);
  expect(widest(text)).toBeLessThanOrEqual(SCREEN_WIDTH);
  for (const word of ['SESSION', 'gateway', 'b1234567890', '510300.XSHG']) expect(text).toContain(word);
  const short = fittedTable(['a', 'b'], [['x', 'y']], [], false);
  expect(short.split('\n')[1]).toBe('│ a │ b │');
});

test('what is said of a row stands below it and no wider than a screen', () => {
  const note = `REFUSED (EXPIRED): ${'it is 90 s old by the clock of its sender, '.repeat(8)}`;
  const text = notedTable(
    ['code', 'held'],
    [
      { cells: ['000001.XSHE', '200'], note },
      { cells: ['a', '1'], note: null },
    ],
    ['held'],
    false,
  );
  expect(widest(text)).toBeLessThanOrEqual(SCREEN_WIDTH);
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes('000001.XSHE'));
  expect(lines[at]).not.toContain('REFUSED');
  expect(lines.slice(at + 1).join('\n')).toContain('REFUSED (EXPIRED)');
});

test('the list of instances fits a screen, whatever a gateway says of one', () => {
  const problem = 'The engine does not answer within 2 s; its ledger is shown, and what it says may be old. '.repeat(2);
  const one = { name: 'x', broker: '?', endpoint: '?', clock: '?', running: false, problem };
  const text = instancesText([{ ...one, instance: `${'long-name-'.repeat(6)}12345678` }], false);
  expect(widest(text)).toBeLessThanOrEqual(SCREEN_WIDTH);
});

test('wrapping loses no character but the spaces at which it breaks, and no line is too wide', () => {
  const texts = fc.array(fc.constantFrom('a', 'word', '跟单', '小市值策略', 'x'.repeat(40)), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(texts, fc.integer({ min: 4, max: 60 }), (words, width) => {
      const text = words.join(' ');
      const wrapped = wrapText(text, width);
      expect(widest(wrapped)).toBeLessThanOrEqual(width);
      expect(wrapped.replaceAll(/[ \n]/gu, '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});

const ORDER: OrderStatus = {
  orderId: '0mx3uve53000v3r50o1m',
  day: '2026-07-06',
  at: chinaInstant('2026-07-06', '09:31:00'),
  security: '510300.XSHG',
  side: 'sell',
  amount: 1_000_000,
  filled: 1_000_000,
  price: 11.2059,
  commission: null,
  callPrice: null,
  triggerPrice: null,
  costBefore: null,
  style: { kind: 'market', limitPrice: 11.3512 },
  state: 'canceled',
  phase: 'done',
  reason: 'LIMIT_ORDER_VALUE: 3,912,000.00 CNY is above the 500,000.00 CNY that one order may be (MAX_ORDER_VALUE).',
  unknown: false,
  task: null,
  owner: 'a',
  pindex: 1,
  parts: [],
  history: [],
};

test('the orders of a day fit a screen; the id, unbroken, and why one was refused stand below it', () => {
  const text = ordersTable([ORDER, { ...ORDER, reason: null }], '2026-07-06', false);
  expect(widest(text)).toBeLessThanOrEqual(SCREEN_WIDTH);
  const lines = text.split('\n').filter((line) => line.includes(ORDER.orderId));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain(`${ORDER.orderId}: LIMIT_ORDER_VALUE`);
});

test('limits that are off are told in lines of a screen', () => {
  const limits = Array.from({ length: 20 }, (_, index) => {
    const limit = index === 0 ? 500 : null;
    return { rule: 'daily_orders', variable: `MAX_SOMETHING_OF_A_DAY_${index}`, limit, used: 0, unit: 'orders' };
  });
  const risk = { limits, stops: [], killFile: false, kill: null, log: [] };
  const text = riskText({ risk, day: '2026-07-06' } as unknown as InstanceStatus, false);
  expect(text).toContain('MAX_SOMETHING_OF_A_DAY_19');
  expect(widest(text)).toBeLessThanOrEqual(SCREEN_WIDTH);
});

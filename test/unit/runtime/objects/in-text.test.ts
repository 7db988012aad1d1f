import { describe, expect, test } from 'vitest';
import { DataFrame, date, Index, LimitOrderStyle, OrderStatus, Series, timedelta } from 'jqdata';
import { context } from '../../../../runtime/objects/context.ts';
import { chinaDateTime } from '../../../../runtime/objects/datetime/china-time.ts';
import { Order } from '../../../../runtime/objects/order.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { account, bindFake, orderView, position } from '../fake-host.ts';
import { codeOf } from '../helpers.ts';

const at = chinaDateTime(chinaInstant('2026-07-06', '09:35:00'));
/** As a script in JavaScript writes it; the types forbid it for most of these. */
const joined = (value: unknown): string => 'at ' + (value as string);

describe('in a text', () => {
  test('a time has Python’s look, joined by + or in a template; it still compares and subtracts as a number', () => {
    expect([joined(at), `at ${String(at)}`]).toEqual(['at 2026-07-06 09:35:00', 'at 2026-07-06 09:35:00']);
    const later = at.plus({ minutes: 1 });
    expect([at < later, later <= at, Number(later) - Number(at), Math.max(+at, +later)]).toEqual([
      true,
      false,
      60_000,
      later.toMillis(),
    ]);
  });

  test.each<[string, () => unknown]>([
    ['a date', () => date(2026, 7, 6)],
    ['a span', () => timedelta(1)],
    ['a time of day', () => at.time()],
    ['a Series', () => Series([1, 2])],
    ['a table', () => new DataFrame({ a: [1] })],
    ['an index', () => new Index(['a'])],
  ])('%s joined by + throws, and names what to write', (_what, make) => {
    expect(codeOf(() => joined(make()))).toMatchObject({
      code: 'BAD_OPERATOR',
      message: expect.stringMatching(/\.(add|sub)\(/u) as string,
    });
  });

  test.each<[string, () => unknown, RegExp]>([
    ['an order', () => new Order(orderView()), /^at StockOrder\(order_id=/u],
    ['a status', () => OrderStatus.held, /^at held$/u],
    ['a style', () => LimitOrderStyle(1), /^at LimitOrderStyle/u],
    ['a position', () => context.portfolio.positions['000001.XSHE'], /^at UserPosition\(\{/u],
    ['a portfolio', () => context.portfolio, /^at Portfolio\(\{/u],
    ['the context', () => context, /^at Context\(current_dt=2026-07-06 09:35:00/u],
  ])('%s has Python’s look', (_what, make, look) => {
    bindFake().accountView = account([position()]);
    expect(joined(make())).toMatch(look);
  });
});

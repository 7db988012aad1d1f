import { describe, expect, test } from 'vitest';
import {
  LimitOrderStyle,
  MarketOrderStyle,
  order,
  order_target,
  order_target_value,
  order_value,
  StopLimitOrderStyle,
  StopMarketOrderStyle,
} from 'jqdata';
import { bindFake, orderView } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const call = untyped(order);

describe('what the four order functions ask for', () => {
  test('amount, target, value and target_value with the security in its canonical spelling', () => {
    const host = bindFake();
    order('000001.sz', 100);
    order_target('600000.SH', 0);
    order_value('000001.XSHE', -5000);
    order_target_value('000001.XSHE', 20_000);
    expect(host.placed.map(({ kind, security, quantity }) => [kind, security, quantity])).toEqual([
      ['amount', '000001.XSHE', 100],
      ['target', '600000.XSHG', 0],
      ['value', '000001.XSHE', -5000],
      ['target_value', '000001.XSHE', 20_000],
    ]);
  });

  test('no style is a market order with every default left to the engine', () => {
    const host = bindFake();
    order('000001.XSHE', 100);
    expect(host.placed[0]).toEqual({
      kind: 'amount',
      security: '000001.XSHE',
      quantity: 100,
      style: { kind: 'market', limitPrice: null },
      waitTimeout: null,
      remark: null,
      keep: null,
    });
  });

  test('the style comes third, with or without new', () => {
    const host = bindFake();
    order('000001.XSHE', 100, LimitOrderStyle(10.5));
    order('000001.XSHE', 100, new LimitOrderStyle(10.6));
    order('000001.XSHE', 100, MarketOrderStyle(11));
    order('000001.XSHE', 100, new MarketOrderStyle());
    order('000001.XSHE', 100, null);
    order('000001.XSHE', 100, LimitOrderStyle({ limit_price: 9 }), 'long', 0, false);
    expect(host.placed.map((request) => request.style)).toEqual([
      { kind: 'limit', limitPrice: 10.5 },
      { kind: 'limit', limitPrice: 10.6 },
      { kind: 'market', limitPrice: 11 },
      { kind: 'market', limitPrice: null },
      { kind: 'market', limitPrice: null },
      { kind: 'limit', limitPrice: 9 },
    ]);
  });

  test('a stop style waits for its price, by position or by name', () => {
    const host = bindFake();
    order('000001.XSHE', -100, StopMarketOrderStyle('stop_loss', 9.5));
    order('000001.XSHE', -100, new StopMarketOrderStyle({ mode: 'take_profit', stop_price: 11 }));
    order('000001.XSHE', 100, StopLimitOrderStyle('stop_loss', 10.5, 10.6));
    order('000001.XSHE', 100, {
      style: new StopLimitOrderStyle({ mode: 'take_profit', stop_price: 9, limit_price: 9.1 }),
    });
    expect(host.placed.map((request) => request.style)).toEqual([
      { kind: 'market', limitPrice: null, stop: { mode: 'stop_loss', price: 9.5 } },
      { kind: 'market', limitPrice: null, stop: { mode: 'take_profit', price: 11 } },
      { kind: 'limit', limitPrice: 10.6, stop: { mode: 'stop_loss', price: 10.5 } },
      { kind: 'limit', limitPrice: 9.1, stop: { mode: 'take_profit', price: 9 } },
    ]);
  });

  test.each([
    ['no mode', () => Reflect.construct(StopMarketOrderStyle, [9.5]), "('stop_loss', 9.50)"],
    ['another mode', () => Reflect.construct(StopMarketOrderStyle, ['stop', 9.5]), "'take_profit'"],
    ['no price', () => Reflect.construct(StopMarketOrderStyle, ['stop_loss']), "'stop_price'"],
    ['no limit', () => Reflect.construct(StopLimitOrderStyle, ['stop_loss', 9.5]), "'limit_price'"],
    ['a price of 0', () => Reflect.construct(StopLimitOrderStyle, ['stop_loss', 0, 9.5]), 'above 0'],
  ])('a stop style with %s is refused', (_what, make, words) => {
    const error = codeOf(make);
    expect([error.code, error.message]).toEqual(['BAD_ARGUMENT', expect.stringContaining(words)]);
  });

  test('named arguments stand in place of the style, behind it, or at the very end', () => {
    const host = bindFake();
    order('000001.XSHE', 100, { wait_timeout: 0, remark: 'grid', keep: true });
    order('000001.XSHE', 100, LimitOrderStyle(10), { wait_timeout: 10 });
    order('000001.XSHE', 100, { style: LimitOrderStyle(9.9), side: 'long', pindex: 0, close_today: false });
    order('000001.XSHE', 100, null, 'long', 0, false, { keep: false });
    expect(
      host.placed.map(({ style, waitTimeout, remark, keep }) => [style.limitPrice, waitTimeout, remark, keep]),
    ).toEqual([
      [null, 0, 'grid', true],
      [10, 10, null, null],
      [9.9, null, null, null],
      [null, null, null, false],
    ]);
  });
});

describe('refusals before anything is sent', () => {
  test.each([
    ['a bare price in the place of the style', ['000001.XSHE', 100, 10.5], 'BAD_ARGUMENT', 'LimitOrderStyle(10.50)'],
    ['NaN', ['000001.XSHE', Number.NaN], 'BAD_ARGUMENT', 'amount'],
    ['Infinity', ['000001.XSHE', Number.POSITIVE_INFINITY], 'BAD_ARGUMENT', 'amount'],
    ['no amount', ['000001.XSHE'], 'BAD_ARGUMENT', "'amount'"],
    ['undefined', ['000001.XSHE', undefined], 'BAD_ARGUMENT', "'amount'"],
    ['null', ['000001.XSHE', null], 'BAD_ARGUMENT', 'None'],
    ['a text', ['000001.XSHE', '100'], 'BAD_ARGUMENT', "'100'"],
    ['a code without market', ['000001', 100], 'BAD_SECURITY', '000001'],
    ['no code', [null, 100], 'BAD_ARGUMENT', 'security'],
    ['short', ['000001.XSHE', 100, null, 'short'], 'UNSUPPORTED', 'short'],
    ['an unknown side', ['000001.XSHE', 100, { side: 'up' }], 'BAD_ARGUMENT', "'long'"],
    ['no sub-portfolio', ['000001.XSHE', 100, null, 'long', -1], 'BAD_ARGUMENT', 'pindex'],
    ['close_today', ['000001.XSHE', 100, { close_today: true }], 'UNSUPPORTED', 'futures'],
    ['a negative wait', ['000001.XSHE', 100, { wait_timeout: -1 }], 'BAD_ARGUMENT', 'wait_timeout'],
    ['a misspelt name', ['000001.XSHE', 100, { stlye: null }], 'BAD_ARGUMENT', "'stlye'"],
    [
      'one argument twice',
      ['000001.XSHE', 100, LimitOrderStyle(1), { style: null, amount: 3 }],
      'BAD_ARGUMENT',
      'twice',
    ],
    ['too many values', ['000001.XSHE', 1, null, 'long', 0, false, 7], 'BAD_ARGUMENT', 'at most 6'],
    ['something else as style', ['000001.XSHE', 100, 'limit'], 'BAD_ARGUMENT', 'LimitOrderStyle(price)'],
  ])('%s', (_what, values, code, words) => {
    const host = bindFake();
    const error = codeOf(() => call(...values));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(host.placed).toEqual([]);
  });

  test.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('a limit price of %s', (price) => {
    expect(codeOf(() => LimitOrderStyle(price)).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => MarketOrderStyle(price)).code).toBe('BAD_ARGUMENT');
  });

  test('amount 0 and value 0 give null and one warning, nothing is sent', () => {
    const host = bindFake();
    expect(order('000001.XSHE', 0)).toBeNull();
    expect(order_value('000001.XSHE', 0)).toBeNull();
    expect(host.texts('warning')).toHaveLength(2);
    expect(host.placed).toEqual([]);
  });

  test('a negative target gives null, a target of 0 sells out', () => {
    const host = bindFake();
    expect(order_target('000001.XSHE', -100)).toBeNull();
    expect(order_target_value('000001.XSHE', -1)).toBeNull();
    expect(host.placed).toEqual([]);
    order_target('000001.XSHE', 0);
    order_target_value('000001.XSHE', 0);
    expect(host.placed).toHaveLength(2);
  });

  test('all four are refused while the module loads, and allowed in every other phase', () => {
    const host = bindFake();
    host.context = { ...host.context, phase: 'load' };
    for (const fn of [order, order_target, order_value, order_target_value]) {
      const error = codeOf(() => fn('000001.XSHE', 100));
      expect(error.code).toBe('WRONG_PHASE');
      expect(error.message).toContain(`${fn.name}()`);
    }
    expect(host.placed).toEqual([]);
    for (const phase of ['initialize', 'task', 'hook'] as const) {
      host.context = { ...host.context, phase };
      expect(order('000001.XSHE', 100)).not.toBeNull();
    }
  });
});

describe('the result', () => {
  test('null when the engine refuses, else an Order', () => {
    const host = bindFake();
    host.answer = () => null;
    expect(order('000001.XSHE', 100)).toBeNull();
    host.answer = () => orderView({ orderId: '7', filled: 100, price: 10.5, state: 'filled' });
    const placed = order('000001.XSHE', 100);
    expect(placed?.order_id).toBe('7');
    expect(placed?.filled).toBe(100);
  });
});

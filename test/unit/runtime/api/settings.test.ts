import { describe, expect, test } from 'vitest';
import {
  disable_cache,
  enable_profile,
  FixedSlippage,
  OrderCost,
  PerTrade,
  PriceRelatedSlippage,
  record,
  send_message,
  set_benchmark,
  set_commission,
  set_option,
  set_order_cost,
  set_slippage,
  set_universe,
  StepRelatedSlippage,
} from 'jqdata';
import { bindFake } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

describe('settings are recorded as plain data', () => {
  test('benchmark: a code, or weights', () => {
    const host = bindFake();
    set_benchmark('000300.SH');
    set_benchmark({ '000300.XSHG': 0.5, '000905.SH': 0.5 });
    expect(host.settings).toEqual([
      ['set_benchmark', { security: '000300.XSHG' }],
      ['set_benchmark', { security: { '000300.XSHG': 0.5, '000905.XSHG': 0.5 } }],
    ]);
    expect(codeOf(() => set_benchmark({ '000300.XSHG': 0.8, '000905.XSHG': 0.5 })).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => set_benchmark('hs300')).code).toBe('BAD_SECURITY');
  });

  test('costs and slippages, with or without new, by position or by name', () => {
    const host = bindFake();
    set_order_cost(OrderCost({ close_tax: 0.0005, min_commission: 5 }), { type: 'stock' });
    set_order_cost(new OrderCost(0, 0.001, 0.0003, 0.0003, 0, 5), 'fund');
    set_slippage(FixedSlippage(0.02));
    set_slippage(PriceRelatedSlippage(0.002), 'stock');
    set_slippage(new StepRelatedSlippage(2), { type: 'futures', ref: 'IF' });
    set_commission(PerTrade({ buy_cost: 0.0002 }));
    const cost = { open_tax: 0, open_commission: 0, close_commission: 0, close_today_commission: 0 };
    expect(host.settings).toEqual([
      ['set_order_cost', { cost: { ...cost, close_tax: 0.0005, min_commission: 5 }, type: 'stock', ref: null }],
      [
        'set_order_cost',
        {
          cost: { ...cost, close_tax: 0.001, open_commission: 0.0003, close_commission: 0.0003, min_commission: 5 },
          type: 'fund',
          ref: null,
        },
      ],
      ['set_slippage', { object: { kind: 'fixed', value: 0.02 }, type: null, ref: null }],
      ['set_slippage', { object: { kind: 'price_related', value: 0.002 }, type: 'stock', ref: null }],
      ['set_slippage', { object: { kind: 'step_related', value: 2 }, type: 'futures', ref: 'IF' }],
      ['set_commission', { object: { buy_cost: 0.0002, sell_cost: 0.0013, min_cost: 5 } }],
    ]);
    expect(() => structuredClone(host.settings)).not.toThrow();
  });

  test('a wrong cost, type or name of a rate is refused', () => {
    bindFake();
    expect(codeOf(() => untyped(set_order_cost)({ close_tax: 0.001 }, 'stock')).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => untyped(set_order_cost)(OrderCost({}), 'stocks')).message).toContain('stock');
    expect(codeOf(() => untyped(OrderCost)({ close_taxes: 1 })).message).toContain("'close_taxes'");
    expect(codeOf(() => untyped(set_slippage)(0.02)).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => FixedSlippage(Number.NaN)).code).toBe('BAD_ARGUMENT');
  });

  test('set_universe takes one code or a list', () => {
    const host = bindFake();
    set_universe('000001.SZ');
    set_universe(new Set(['600000.SH']));
    expect(host.settings).toEqual([
      ['set_universe', { security_list: ['000001.XSHE'] }],
      ['set_universe', { security_list: ['600000.XSHG'] }],
    ]);
  });
});

describe('settings without effect live', () => {
  test('say so once, at debug', () => {
    const host = bindFake();
    set_option('use_real_price', true);
    set_option('use_real_price', true);
    set_option('futures_margin_rate.IF', 0.2);
    set_order_cost(OrderCost({}), 'stock');
    set_order_cost(OrderCost({}), 'fund');
    disable_cache();
    enable_profile();
    expect(host.lines.every((line) => line.level === 'debug' && line.source === 'system')).toBe(true);
    expect(host.lines).toHaveLength(5);
    expect(host.settings[0]).toEqual(['set_option', { name: 'use_real_price', value: true }]);
  });

  test('an unknown option is recorded with a warning that names the known ones', () => {
    const host = bindFake();
    set_option('use_real_prices', true);
    expect(host.settings).toHaveLength(1);
    expect(host.texts('warning')[0]).toContain('use_real_price,');
  });

  test('send_message() says once that nobody is told, and each text', () => {
    const host = bindFake();
    for (const text of ['a', 'b']) expect(send_message(text, 'sms')).toBe(false);
    expect(host.texts('warning').filter((text) => text.includes('NOTIFY_'))).toHaveLength(1);
    expect(host.texts('info')).toEqual(['send_message: a', 'send_message: b']);
    host.hears = true;
    expect(send_message({ message: [1, 'x'] })).toBe(true);
    expect(host.messages.at(-1)).toBe("[1, 'x']");
  });

  test('record() and send_message() never stop a strategy', () => {
    const host = bindFake();
    record({ position: 0.5 });
    expect(send_message('买入 100')).toBe(false);
    expect(host.texts('debug').at(-1)).toBe("record: {'position': 0.5}");
    expect(host.texts('info')[0]).toContain('买入 100');
    expect(host.messages).toEqual(['买入 100']);
    expect(codeOf(() => untyped(record)(5)).code).toBe('BAD_ARGUMENT');
  });
});

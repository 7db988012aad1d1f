import { beforeEach, describe, expect, test } from 'vitest';
import * as demo from '../../../strategies/demo.ts';
import { BtError } from '../../../src/domain/errors.ts';
import { context } from '../../../runtime/objects/context.ts';
import { account, bindFake, orderView, position, quote } from '../runtime/fake-host.ts';
import type { FakeHost } from '../runtime/fake-host.ts';

const GOLD = '518880.XSHG';
let host: FakeHost;

beforeEach(() => {
  host = bindFake(Object.values(demo));
});

test('the hooks and the five tasks have the names and times of the original', () => {
  demo.initialize(context);
  expect(host.tasks.map(({ name, frequency, time }) => [name, frequency, time])).toEqual([
    ['show_account_and_positions', 'daily', '09:35'],
    ['place_limit_buy_and_cancel', 'daily', '09:36'],
    ['place_market_buy_async', 'daily', '09:37'],
    ['check_open_orders', 'daily', '09:38'],
    ['trade_gold_roundtrip', 'daily', '09:39'],
  ]);
  expect(host.settings).toEqual([
    ['set_benchmark', { security: '000001.XSHE' }],
    ['set_option', { name: 'use_real_price', value: true }],
  ]);
  expect(Object.keys(demo).sort()).toEqual(
    ['initialize', 'process_initialize', ...host.tasks.map((task) => task.name)].sort(),
  );
});

test('process_initialize says when', () => {
  demo.process_initialize(context);
  expect(host.texts('info')).toEqual(['process_initialize 进程启动 2026-07-06 09:35:00']);
});

test('09:35 account, then each holding as a whole', () => {
  host.accountView = account([position()]);
  demo.show_account_and_positions(context);
  expect(host.texts('info')).toEqual([
    '[账号] 可用资金=80000.00 总资产=110000.00 持仓数=1',
    '[持仓] 000001.XSHE 数量=1000 成本=10.0000 市值=11000.00',
  ]);
});

describe('09:36 limit buy at 99 % and cancel', () => {
  test('waits up to 10 s, then cancels what it placed', () => {
    host.quoteViews.set('000001.XSHE', quote('000001.XSHE', { lastPrice: 10.53 }));
    host.answer = () => {
      host.orderViews = [orderView({ orderId: '77' })];
      return orderView({ orderId: '77' });
    };
    demo.place_limit_buy_and_cancel(context);
    expect(host.placed).toEqual([
      {
        kind: 'amount',
        security: '000001.XSHE',
        quantity: 100,
        style: { kind: 'limit', limitPrice: 10.42 },
        waitTimeout: 10,
        remark: null,
        keep: null,
      },
    ]);
    expect(host.cancelled).toEqual(['77']);
    expect(host.texts('info').map((text) => text.slice(0, 5))).toEqual(['[限价单]', '[限价单]', '[撤单] ']);
  });

  test('without a price it warns and places nothing', () => {
    demo.place_limit_buy_and_cancel(context);
    expect(host.placed).toEqual([]);
    expect(host.texts('warning')).toEqual(['[限价单] 没有 000001.XSHE 的价格，跳过']);
  });

  test('a local refusal cancels nothing; an error is logged, not thrown', () => {
    host.quoteViews.set('000001.XSHE', quote('000001.XSHE'));
    host.answer = () => null;
    demo.place_limit_buy_and_cancel(context);
    expect(host.cancelled).toEqual([]);
    host.answer = () => {
      throw new BtError('GATE_CLOSED', 'the gate is closed', { fault: 'venue' });
    };
    demo.place_limit_buy_and_cancel(context);
    expect(host.texts('error')).toEqual(['[限价单] 下单流程出错: the gate is closed']);
  });
});

test('09:37 market buy without waiting', () => {
  demo.place_market_buy_async(context);
  expect(
    host.placed.map(({ security, quantity, style, waitTimeout }) => [security, quantity, style.kind, waitTimeout]),
  ).toEqual([['000002.XSHE', 100, 'market', 0]]);
  expect(host.texts('info').at(-1)).toBe('[市价单] 已提交 order_id=101');
});

test('09:38 open orders with their status, then what may be sold', () => {
  host.orderViews = [orderView({ orderId: '5', filled: 40 }), orderView({ orderId: '4', state: 'filled' })];
  host.accountView = account([position()]);
  demo.check_open_orders(context);
  expect(host.texts('info')).toEqual([
    '[订单查询] 未完结订单数=1',
    expect.stringContaining('[订单查询] order_id=5 状态=filled 详情=StockOrder(order_id=5'),
    '[持仓核对] 000001.XSHE 总量=1000 可卖=600 冻结=200',
  ]);
});

describe('09:39 gold round trip', () => {
  test('buys 100, waits, sells 100, waits; money and holding before, between and after', () => {
    host.answer = (request) => {
      const bought = request.quantity > 0;
      const held = position({ security: GOLD, amount: 100, closeableAmount: 100, lockedAmount: 0 });
      host.accountView = account(bought ? [held] : [], { availableCash: bought ? 79_000 : 80_100 });
      return orderView({ security: GOLD, state: 'filled', filled: 100 });
    };
    demo.trade_gold_roundtrip(context);
    expect(
      host.placed.map(({ security, quantity, style, waitTimeout }) => [security, quantity, style.kind, waitTimeout]),
    ).toEqual([
      [GOLD, 100, 'market', 10],
      [GOLD, -100, 'market', 10],
    ]);
    expect(host.texts('info').filter((text) => text.startsWith('[黄金回合]['))).toEqual([
      '[黄金回合][前] 可用资金=80000.00 持仓=0 可卖=0',
      '[黄金回合][买后] 可用资金=79000.00 持仓=100 可卖=100',
      '[黄金回合][卖后] 可用资金=80100.00 持仓=0 可卖=0',
    ]);
    expect(host.texts('warning')).toEqual([]);
  });

  test('a refused buy sells nothing', () => {
    host.answer = () => null;
    demo.trade_gold_roundtrip(context);
    expect(host.placed).toHaveLength(1);
    expect(host.texts('info').at(-1)).toBe('[黄金回合] 买单 order_id=None');
  });
});

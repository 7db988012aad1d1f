import { describe, expect, it } from 'vitest';
import { bindHost } from '../../../../../../runtime/host.ts';
import * as jq from '../../../../../../runtime/index.ts';
import { createPanel } from '../../../../../../runtime/objects/frame/panel.ts';
import { createDict } from '../../../../../../runtime/objects/dict.ts';
import { Order } from '../../../../../../runtime/objects/order.ts';
import { chinaDateTime } from '../../../../../../runtime/objects/datetime/china-time.ts';
import { readQuery } from '../../../../../../runtime/query/query.ts';
import { Decoder } from '../../../../../../src/engine/strategy/child/python/decode.ts';
import { encode } from '../../../../../../src/engine/strategy/child/python/encode.ts';
import { Blocks, frameOf, readFrame } from '../../../../../../src/engine/strategy/child/python/frame.ts';
import { PythonFunctions } from '../../../../../../src/engine/strategy/child/python/functions.ts';
import { classTable } from '../../../../../../src/engine/strategy/child/python/class-table.ts';
import { FakeHost, orderView } from '../../../../runtime/fake-host.ts';

const functions = new PythonFunctions((id, args) => [id, ...args]);

/** What Python is told of a value. */
function told(value: unknown): unknown {
  const blocks = new Blocks();
  return readFrame(frameOf(encode(value, blocks), blocks)).message;
}

/** The value as it comes back when Python passes on what it was told. */
function back(value: unknown): unknown {
  const blocks = new Blocks();
  const { message, blocks: bytes } = readFrame(frameOf(encode(value, blocks), blocks));
  return new Decoder(functions, bytes).value(message);
}

function read(json: unknown): unknown {
  return new Decoder(functions, new Uint8Array()).value(json);
}

describe('a value on its way to Python', () => {
  it('is JSON where JSON says the same, and tagged where it does not', () => {
    expect(told([1, 1.5, 'x', true, null, undefined])).toEqual([1, 1.5, 'x', true, null, null]);
    expect(told(Number.NaN)).toEqual({ $: 'num', v: 'nan' });
    expect(told(-Infinity)).toEqual({ $: 'num', v: '-inf' });
    expect(told({ a: 1, $: 2 })).toEqual({ $: 'dict', v: [['a', 1], ['$', 2]] }); // prettier-ignore
    expect(told(jq.date(2026, 7, 6))).toEqual({ $: 'date', v: '2026-07-06' });
    expect(told(chinaDateTime(0))).toEqual({ $: 'time', v: 0 });
    expect(told(jq.OrderStatus.held)).toEqual({ $: 'enum', c: 'OrderStatus', v: 'held' });
  });

  it('is numbers of days beside it when it is many days', () => {
    const days = Array.from({ length: 10 }, (_, n) => jq.date(2026, 7, 1 + n));
    const blocks = new Blocks();
    const { message, blocks: bytes } = readFrame(frameOf(encode(days, blocks), blocks));
    expect(message).toEqual({ $: 'days', o: 0, n: 10 });
    expect(Array.from(new Int32Array(Uint8Array.from(bytes).buffer, 0, 10))).toEqual(days.map((_, n) => 20_635 + n));
    expect(told([...days, null])).toHaveLength(11);
    expect(told(days.slice(0, 3))).toEqual([1, 2, 3].map((n) => ({ $: 'date', v: `2026-07-0${n}` })));
  });

  it('keeps the order of the keys of a dict, numbers too', () => {
    expect(told(createDict([['12', 1], ['3', 2]], 'x'))).toEqual({ $: 'dict', v: [['12', 1], ['3', 2]] }); // prettier-ignore
  });

  it('is an object of its class with its attributes in the order of the table', () => {
    const json = told(new Order(orderView({ orderId: 'a1', security: '600000.XSHG', avgCost: null }))) as {
      c: string;
      v: unknown[];
    };
    expect(json.c).toBe('Order');
    const names = (classTable()['Order'] ?? []).map(([name]) => name);
    expect(json.v).toHaveLength(names.length);
    expect(json.v[names.indexOf('order_id')]).toBe('a1');
    expect(json.v[names.indexOf('status')]).toMatchObject({ $: 'enum', c: 'OrderStatus' });
  });

  it('is refused when Python has no form for it', () => {
    expect(() => told(() => 1)).toThrow(/no form in Python/u);
    expect(() => told(new FakeHost())).toThrow(/FakeHost/u);
  });
});

describe('a table', () => {
  it('comes back as it was: kinds of its columns, labels, names', () => {
    const table = new jq.DataFrame(
      { f: [1, 2.5, Number.NaN], i: [1, 2, 3], b: [true, false, true], s: ['x', 'y', null] },
      { index: ['600000.XSHG', '000001.XSHE', '000002.XSHE'] },
    );
    const again = back(table) as typeof table;
    expect(String(again)).toBe(String(table));
    expect(again.dtypes.tolist()).toEqual(table.dtypes.tolist());
  });

  it('keeps its times, also missing ones, and its levels', () => {
    const times = jq.pd.to_datetime(['2026-07-06 09:31', null]);
    expect(String(back(times))).toBe(String(times));
    const levels = jq.pd.MultiIndex.from_tuples([['a', 1], ['b', 2]], { names: ['k', 'n'] }); // prettier-ignore
    const series = new jq.Series([1.5, 2.5], { index: levels, name: 'v' });
    expect(String(back(series))).toBe(String(series));
  });

  it('has whole numbers above 2^32 and below zero', () => {
    const series = new jq.Series([2 ** 40 + 1, -3]);
    expect((back(series) as typeof series).tolist()).toEqual([2 ** 40 + 1, -3]);
  });

  it('is one of several in a panel, which is read without advice on old pandas', () => {
    const host = new FakeHost();
    bindHost(host, () => null);
    const close = new jq.DataFrame({ a: [1.5], b: [2.5] });
    const json = told(createPanel(new Map([['close', close]]), close.index, ['a', 'b']));
    expect(json).toMatchObject({ $: 'panel', items: ['close'], frames: [{ $: 'frame' }] });
    expect(host.lines).toEqual([]);
  });

  it('numbers its rows without sending them', () => {
    expect(told(new jq.Series([1.5, 2]))).toMatchObject({ index: { range: 2 } });
  });
});

describe('what Python passes', () => {
  it('is a function with its place, and the same one each time', () => {
    const one = read({ $: 'fn', module: 'main.py', name: 'trade', n: 1 });
    expect(functions.placeOf(one)).toEqual({ module: 'main.py', name: 'trade' });
    expect(read({ $: 'fn', module: 'main.py', name: 'trade', n: 1 })).toBe(one);
    expect(functions.placeOf(read({ $: 'fn', module: null, name: '<lambda>', n: 1 }))).toBeNull();
    expect(read({ $: 'fn', module: null, name: 'two', n: 2 })).toHaveLength(2);
  });

  it('is an object made by the class of that name, and by no other function', () => {
    const style = read({ $: 'new', c: 'LimitOrderStyle', a: [], k: { limit_price: 10.5 } });
    expect(String(style)).toBe('LimitOrderStyle: _limit_price=10.5');
    expect(() => read({ $: 'new', c: 'order', a: ['600000.XSHG', 100], k: {} })).toThrow(/class order/u);
  });

  it('throws what the class throws', () => {
    expect(() => read({ $: 'new', c: 'LimitOrderStyle', a: [-1], k: {} })).toThrow(/above 0/u);
    expect(() => read({ $: 'new', c: 'StopMarketOrderStyle', a: [10], k: {} })).toThrow(/mode/u);
  });

  it('is a query, rebuilt on our own columns', () => {
    const col = (c: string) => ({ $: 'col', t: 'valuation', c });
    const json = {
      $: 'query',
      a: [col('code'), { $: 'table', t: 'income' }],
      m: [
        ['filter', [{ $: 'expr', on: col('pe_ratio'), m: 'gt', a: [10] }, { $: 'expr', on: col('code'), m: 'in_', a: [['600000.XSHG']] }], {}],
        ['order_by', [{ $: 'expr', on: col('market_cap'), m: 'desc', a: [] }], {}],
        ['limit', [5], {}],
      ],
    }; // prettier-ignore
    const own = jq
      .query(jq.valuation.code, jq.income)
      .filter(jq.valuation.pe_ratio.gt(10), jq.valuation.code.in_(['600000.XSHG']))
      .order_by(jq.valuation.market_cap.desc())
      .limit(5);
    expect(readQuery(read(json), 'q')).toEqual(readQuery(own, 'q'));
  });

  it('is a query of functions and several conditions', () => {
    const roe = { $: 'col', t: 'indicator', c: 'roe' };
    const json = {
      $: 'query',
      a: [{ $: 'apply', f: 'func.sum', a: [roe] }],
      m: [['filter', [{ $: 'apply', f: 'or_', a: [{ $: 'expr', on: roe, m: 'gt', a: [1] }, { $: 'expr', on: roe, m: 'lt', a: [0] }] }], {}]],
    }; // prettier-ignore
    const { indicator, func, or_ } = jq;
    const own = jq.query(func.sum(indicator.roe)).filter(or_(indicator.roe.gt(1), indicator.roe.lt(0)));
    expect(readQuery(read(json), 'q')).toEqual(readQuery(own, 'q'));
  });

  it('speaks with our own errors about columns that are not there', () => {
    expect(() => read({ $: 'col', t: 'valuation', c: 'pe_ration' })).toThrow(/pe_ratio/u);
    expect(() => read({ $: 'table', t: 'finance.STK_XR' })).toThrow(/finance\.STK_XR/u);
    expect(() => read({ $: 'table', t: 'constructor' })).toThrow(/not a table/u);
  });

  it('calculates on a number that stands before a column', () => {
    const column = { $: 'col', t: 'valuation', c: 'pe_ratio' };
    expect(String(read({ $: 'expr', on: 2, m: 'div', a: [column] }))).toBe('2 / valuation.pe_ratio');
  });

  it('reaches no member that is no method of a query', () => {
    const on = { $: 'col', t: 'valuation', c: 'code' };
    expect(() => read({ $: 'expr', on, m: 'constructor', a: [] })).toThrow(/no 'constructor'/u);
    expect(() => read({ $: 'apply', f: 'func.constructor', a: [] })).toThrow(/func.constructor/u);
  });
});

import { describe, expect, test } from 'vitest';
import { context } from '../../../../runtime/objects/context.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { account, bindFake, position } from '../fake-host.ts';
import { codeOf } from '../helpers.ts';

const OTHER = position({
  security: '600000.XSHG',
  amount: 500,
  closeableAmount: 500,
  lockedAmount: 0,
  value: null,
  price: 8,
});
const SOLD = position({ security: '300750.XSHE', amount: 0, closeableAmount: 0, lockedAmount: 0 });

function bound() {
  const host = bindFake();
  host.accountView = account([position(), OTHER, SOLD]);
  return host;
}

describe('portfolio', () => {
  test('cash and value under their names and their old names', () => {
    bound();
    const p = context.portfolio;
    expect([p.available_cash, p.cash, p.locked_cash]).toEqual([80_000, 80_000, 1000]);
    expect([p.total_value, p.portfolio_value]).toEqual([110_000, 110_000]);
    expect([p.starting_cash, p.inout_cash]).toEqual([100_000, 100_000]);
    expect(p.returns).toBeCloseTo(0.1, 12);
    expect(p.positions_value).toBe(11_000 + 4000);
    expect(p.margin).toBe(p.positions_value);
    expect(p.long_positions.keys()).toEqual(p.positions.keys());
    expect(p.short_positions.length).toBe(0);
  });

  test('what is missing is NaN, not 0; what unpriced holdings are worth is what is no cash of the whole', () => {
    const host = bound();
    expect(context.portfolio.transferable_cash).toBeNaN();
    host.accountView = account([position({ value: null, price: null })], { transferableCash: 0, startingCash: 0 });
    expect(context.portfolio.transferable_cash).toBe(0);
    expect(context.portfolio.positions_value).toBe(29_000);
    expect(context.portfolio.returns).toBeNaN();
  });

  test('one answer whichever way the positions are asked, also of a code that nobody trades', () => {
    const host = bindFake();
    const codes = ['000001.XSHE', '799999.XSHG', '204001.XSHG', '830799.BJ'];
    host.accountView = account(codes.map((security) => position({ security })));
    const { positions } = context.portfolio;
    expect(positions.length).toBe(codes.length);
    for (const list of [
      positions.keys(),
      [...positions],
      Object.keys(positions),
      positions.items().map(([code]) => code),
    ])
      expect(list).toEqual(codes);
    expect(positions.values().map(({ security }) => security)).toEqual(codes);
    expect(codes.every((code) => code in positions && positions[code]?.security === code)).toBe(true);
  });

  test('subportfolios[0] is the whole account', () => {
    bound();
    expect(context.subportfolios).toHaveLength(1);
    const [only] = context.subportfolios;
    expect([only?.type, only?.pindex, only?.available_cash, only?.net_value]).toEqual(['stock', 0, 80_000, 110_000]);
    expect(only?.positions.keys()).toEqual(context.portfolio.positions.keys());
  });

  test('a write is refused by name', () => {
    bound();
    const error = codeOf(() => Reflect.set(context.portfolio, 'cash', 5));
    expect(error.code).toBe('READ_ONLY');
    expect(error.message).toContain('portfolio.cash');
    expect(codeOf(() => Reflect.set(context.portfolio.positions, '000001.XSHE', 5)).code).toBe('READ_ONLY');
    expect(codeOf(() => Reflect.deleteProperty(context.portfolio.positions, '000001.XSHE')).code).toBe('READ_ONLY');
  });
});

describe('positions', () => {
  test("a holding has JoinQuant's amounts: total_amount leaves out the frozen shares", () => {
    bound();
    const pos = context.portfolio.positions.get('000001.XSHE');
    expect([pos.total_amount, pos.locked_amount, pos.closeable_amount, pos.today_amount]).toEqual([800, 200, 600, 200]);
    expect([pos.amount, pos.sellable_amount]).toEqual([600, 600]);
    expect([pos.price, pos.value, pos.avg_cost, pos.acc_avg_cost, pos.hold_cost]).toEqual([11, 11_000, 10, 10, 10]);
    expect([pos.side, pos.pindex, pos.init_time]).toEqual(['long', 0, null]);
  });

  test('a T+1 zero stays zero', () => {
    const host = bound();
    host.accountView = account([position({ closeableAmount: 0, lockedAmount: 0 })]);
    const pos = context.portfolio.positions.get('000001.XSHE');
    expect([pos.total_amount, pos.closeable_amount]).toEqual([1000, 0]);
  });

  test('times come as DateTime, missing figures as NaN', () => {
    const host = bound();
    const initTime = chinaInstant('2026-07-01', '10:00');
    host.accountView = account([position({ initTime, avgCost: null, price: null, value: null })]);
    const pos = context.portfolio.positions.get('000001.XSHE');
    expect(pos.init_time?.strftime('%F %T')).toBe('2026-07-01 10:00:00');
    expect([pos.avg_cost, pos.price, pos.value].every(Number.isNaN)).toBe(true);
  });

  test('both spellings find it, with in, brackets, get and has', () => {
    bound();
    const { positions } = context.portfolio;
    for (const code of ['000001.XSHE', '000001.SZ', '000001.sz']) {
      expect(code in positions).toBe(true);
      expect(positions.has(code)).toBe(true);
      expect(positions[code]?.security).toBe('000001.XSHE');
    }
    expect('600519.XSHG' in positions).toBe(false);
    expect('keys' in positions).toBe(false);
  });

  test('what was sold out is absent', () => {
    bound();
    expect(context.portfolio.positions.keys()).toEqual(['000001.XSHE', '600000.XSHG']);
    expect(context.portfolio.positions.length).toBe(2);
    expect('300750.XSHE' in context.portfolio.positions).toBe(false);
    expect(Object.keys(context.portfolio.positions)).toEqual(['000001.XSHE', '600000.XSHG']);
  });

  test('a code that is not held gives an empty Position and one warning', () => {
    const host = bound();
    const { positions } = context.portfolio;
    for (const code of ['600519.XSHG', '600519.SH']) {
      const pos = positions[code];
      expect([pos?.security, pos?.total_amount, pos?.closeable_amount, pos?.avg_cost, pos?.value]).toEqual([
        '600519.XSHG',
        0,
        0,
        0,
        0,
      ]);
    }
    expect(positions.get('600519.XSHG').total_amount).toBe(0);
    expect(host.texts('warning')).toHaveLength(1);
    expect(host.texts('warning')[0]).toContain('600519.XSHG');
    expect(positions.get('600519.XSHG', null)).toBeNull();
    expect(positions.length).toBe(2);
  });

  test('a loop may sell: it walks over the codes as they were at its start', () => {
    const host = bound();
    const seen: string[] = [];
    for (const code of context.portfolio.positions) {
      seen.push(code);
      host.accountView = account([]);
    }
    expect(seen).toEqual(['000001.XSHE', '600000.XSHG']);
    expect(context.portfolio.positions.length).toBe(0);
  });

  test('the object itself is live: after an order it shows the new holdings', () => {
    const host = bound();
    const { positions } = context.portfolio;
    host.accountView = account([OTHER]);
    expect(positions.keys()).toEqual(['600000.XSHG']);
    expect(positions.items().map(([code, pos]) => [code, pos.total_amount])).toEqual([['600000.XSHG', 500]]);
  });

  test("it prints in Python's look", () => {
    const host = bound();
    host.accountView = account([OTHER]);
    expect(String(context.portfolio.positions)).toBe(
      "{'600000.XSHG': UserPosition({'security': '600000.XSHG', 'total_amount': 500, 'closeable_amount': 500, " +
        "'locked_amount': 0, 'avg_cost': 10, 'price': 8, 'value': 4000})}",
    );
  });
});

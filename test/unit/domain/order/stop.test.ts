import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canTrigger,
  isMet,
  nextEdge,
  takeStop,
  triggerDoubt,
  triggeredRequest,
} from '../../../../src/domain/order/stop.ts';
import type { OrderRequest, StopPrice } from '../../../../src/domain/order/types.ts';
import type { Quote, Side } from '../../../../src/domain/trading.ts';
import { chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import { anOrderRow, DAY } from '../../engine/orders/rows.ts';
import { anAccount, aPosition, aQuote, aRequest } from './builders.ts';

const at = (time: string, day = DAY): number => chinaInstant(day, time);
const S = '000001.XSHE';

describe('a stop price', () => {
  it.each<[StopPrice['mode'], Side, number, boolean]>([
    ['stop_loss', 'sell', 9.49, true],
    ['stop_loss', 'sell', 9.5, true],
    ['stop_loss', 'sell', 9.51, false],
    ['stop_loss', 'buy', 9.51, true],
    ['stop_loss', 'buy', 9.5, true],
    ['stop_loss', 'buy', 9.49, false],
    ['take_profit', 'sell', 9.51, true],
    ['take_profit', 'sell', 9.5, true],
    ['take_profit', 'sell', 9.49, false],
    ['take_profit', 'buy', 9.49, true],
    ['take_profit', 'buy', 9.5, true],
    ['take_profit', 'buy', 9.51, false],
  ])('%s, a %s at %d: %s', (mode, side, price, met) => {
    expect(isMet({ mode, price: 9.5 }, side, price)).toBe(met);
  });

  it('is met from one side of it, by its own price, and once met stays so further on', () => {
    const prices = fc.double({ min: 0.01, max: 3000, noNaN: true });
    const modes = fc.constantFrom('stop_loss', 'take_profit' as const);
    fc.assert(
      fc.property(modes, fc.constantFrom('buy', 'sell' as const), prices, prices, (mode, side, price, other) => {
        const stop = { mode, price } as StopPrice;
        expect(isMet(stop, side, price)).toBe(true);
        const against = { ...stop, mode: mode === 'stop_loss' ? 'take_profit' : 'stop_loss' } as StopPrice;
        if (other !== price) expect(isMet(stop, side, other)).toBe(!isMet(against, side, other));
      }),
    );
  });
});

describe('a quote that may trigger', () => {
  const doubt = (change: Partial<Quote>, now = at('10:00:00'), maxAge = 30_000): string | null =>
    triggerDoubt(aQuote(change), S, now, maxAge);

  it('is of the last moments, or of before an opening that has just been', () => {
    expect(doubt({ time: at('09:59:31') })).toBeNull();
    expect(doubt({ time: at('09:25:00') }, at('09:30:10'))).toBeNull();
    expect(doubt({ time: at('11:30:00') }, at('13:00:10'))).toBeNull();
    expect(doubt({ time: at('09:59:59'), paused: null })).toBeNull();
  });

  it.each<[string, Partial<Quote>, string]>([
    ['old', { time: at('09:59:29') }, '09:59:29'],
    ['without a time', { time: null }, 'does not say of when'],
    ['without a price', { time: at('10:00:00'), lastPrice: null }, 'no price'],
    ['of a suspended security', { time: at('10:00:00'), paused: true }, 'suspended'],
    ['of before the first trades', { time: at('09:24:59') }, 'before the first trades'],
    ['of yesterday', { time: at('14:59:59', '2026-07-03') }, 'before the first trades'],
  ])('is none that is %s', (_what, change, words) => {
    expect(doubt(change)).toContain(words);
  });

  it('is there at all', () => {
    expect(triggerDoubt(null, S, at('10:00:00'), 30_000)).toContain('no quote');
  });

  it('of 9:24:59 shows what an auction guesses, also just after the opening', () => {
    expect(doubt({ time: at('09:24:59') }, at('09:30:01'))).toContain('before the first trades');
  });

  it('may be of any day where the age is not looked at, and never of a suspended security', () => {
    expect(doubt({ time: at('10:00:00', '2026-07-03') }, at('10:00:00'), 0)).toBeNull();
    expect(doubt({ time: null }, at('10:00:00'), 0)).toBeNull();
    expect(doubt({ paused: true }, at('10:00:00'), 0)).toContain('suspended');
  });
});

describe('when a price may trigger', () => {
  it.each([
    ['09:25:00', false],
    ['09:29:59', false],
    ['09:30:00', true],
    ['11:29:59', true],
    ['11:30:00', false],
    ['12:59:59', false],
    ['13:00:00', true],
    ['14:56:59', true],
    ['14:57:00', false],
    ['15:00:00', false],
  ])('at %s: %s', (time, can) => {
    expect(canTrigger(anOrderRow(), at(time))).toBe(can);
    expect(canTrigger(anOrderRow(), at(time, '2026-07-07'))).toBe(false);
  });

  it.each([
    ['09:00:00', '09:30:00'],
    ['09:30:00', '11:30:00'],
    ['12:00:00', '13:00:00'],
    ['13:00:00', '14:57:00'],
  ])('the next edge after %s is %s', (time, edge) => {
    expect(chinaText(nextEdge(at(time), S) ?? 0)).toContain(edge);
  });

  it('after 14:57 there is none', () => {
    expect(nextEdge(at('14:57:00'), S)).toBeNull();
  });
});

describe('an order with a stop', () => {
  const stop: StopPrice = { mode: 'stop_loss', price: 9.5 };
  const take = (change: Partial<OrderRequest>, held = 0, quote: Quote | null = aQuote()): unknown =>
    takeStop(aRequest({ style: { kind: 'market', limitPrice: null, stop }, ...change }), stop, {
      account: anAccount({
        availableCash: 0,
        positions: held === 0 ? [] : [aPosition({ amount: held, closeableAmount: 0 })],
      }),
      quote,
      day: DAY,
      openBuy: 0,
      openSell: 0,
      prices: { buyPercent: 0.015, sellPercent: -0.015, continuous: true },
    });

  it('is taken with neither cash nor shares that can be sold: nothing is reserved', () => {
    expect(take({ quantity: 1_050 })).toEqual({ kind: 'taken', side: 'buy', amount: 1_000 });
    expect(take({ quantity: -333 })).toEqual({ kind: 'taken', side: 'sell', amount: 333 });
  });

  it('in CNY is reckoned at the stop, with a limit at the limit', () => {
    expect(take({ kind: 'value', quantity: 9_500 })).toEqual({ kind: 'taken', side: 'buy', amount: 1_000 });
    const style = { kind: 'limit', limitPrice: 19, stop } as const;
    expect(take({ kind: 'value', quantity: 9_500, style })).toEqual({ kind: 'taken', side: 'buy', amount: 500 });
  });

  it('to a target is the difference to what is held now', () => {
    expect(take({ kind: 'target', quantity: 0 }, 700)).toEqual({ kind: 'taken', side: 'sell', amount: 700 });
    expect(take({ kind: 'target', quantity: 1_000 }, 700)).toEqual({ kind: 'taken', side: 'buy', amount: 300 });
    expect(take({ kind: 'target', quantity: 700 }, 700)).toMatchObject({ kind: 'refused' });
  });

  it('is refused for less than a lot, a suspended or unknown security, a repo, an index', () => {
    expect(take({ quantity: 99 })).toMatchObject({ reason: expect.stringContaining('comes out as 0') as string });
    expect(take({}, 0, aQuote({ paused: true }))).toMatchObject({ reason: `${S} is suspended.` });
    expect(take({}, 0, null)).toMatchObject({ reason: expect.stringContaining('No quote') as string });
    expect(take({ security: '204001.XSHG', quantity: -10 })).toMatchObject({ kind: 'refused' });
    expect(take({ security: '000300.XSHG' })).toMatchObject({ kind: 'refused' });
  });

  it('is planned, once its price has come, for the shares that were taken, without the stop', () => {
    const request = aRequest({ kind: 'target', quantity: 0, style: { kind: 'limit', limitPrice: 9.4, stop } });
    const row = anOrderRow({ request, side: 'sell', amount: 700 });
    expect(triggeredRequest(row)).toEqual({
      ...request,
      kind: 'amount',
      quantity: -700,
      style: { kind: 'limit', limitPrice: 9.4 },
    });
  });
});

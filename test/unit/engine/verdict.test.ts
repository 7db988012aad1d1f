import { describe, expect, it } from 'vitest';
import { checkVerdict, filledByHand, verdictOf } from '../../../src/engine/verdict.ts';
import { aFill, anIntent, DAY } from './orders/rows.ts';

const BAD = expect.objectContaining({ code: 'BAD_VERDICT' });

describe('what a person says of an order', () => {
  it('is one of three', () => {
    expect(verdictOf({ as: '7' })).toEqual({ kind: 'as', brokerOrderId: '7' });
    expect(verdictOf({})).toEqual({ kind: 'not_placed' });
    expect(verdictOf({ filled: '0' })).toEqual({ kind: 'filled', shares: 0, price: null });
    expect(verdictOf({ filled: '100', price: '10.02' })).toEqual({ kind: 'filled', shares: 100, price: 10.02 });
  });

  it.each([
    { filled: '-100' },
    { filled: '1.5' },
    { filled: 'x' },
    { filled: '100', price: '0' },
    { filled: '1', price: 'x' },
  ])('is refused when it is no number: %j', (values) => {
    expect(() => verdictOf(values)).toThrowError(BAD);
  });

  it('names an id only of today, a number of shares only of earlier days', () => {
    const intent = anIntent({ state: 'unknown' });
    const [as, filled] = [verdictOf({ as: '7' }), verdictOf({ filled: '0' })];
    expect(() => checkVerdict(intent, as, DAY)).not.toThrow();
    expect(() => checkVerdict(intent, filled, DAY)).toThrowError(BAD);
    expect(() => checkVerdict(intent, as, '2026-07-07')).toThrowError(BAD);
    expect(() => checkVerdict(intent, filled, '2026-07-07')).not.toThrow();
    expect(() => checkVerdict(intent, verdictOf({}), '2026-07-07')).not.toThrow();
  });
});

describe('an order settled by hand', () => {
  const intent = anIntent({ state: 'unknown', amount: 500, filled: 100, brokerOrderId: '7' });
  const known = [aFill({ amount: 100 })];

  it('gets the fill that was never listed', () => {
    expect(filledByHand(intent, known, { kind: 'filled', shares: 300, price: 10.5 })).toMatchObject({
      news: { event: 'canceled', filled: 300 },
      fills: [{ amount: 200, price: 10.5, tradeId: 'operator', commission: null, tax: null }],
    });
    expect(filledByHand(intent, known, { kind: 'filled', shares: 500, price: null })).toMatchObject({
      news: { event: 'filled' },
      fills: [{ amount: 400, price: 10 }],
    });
    expect(filledByHand(intent, known, { kind: 'filled', shares: 100, price: null }).fills).toEqual([]);
  });

  it.each([0, 99, 501])('cannot have %i of 500 filled when 100 are known', (shares) => {
    expect(() => filledByHand(intent, known, { kind: 'filled', shares, price: null })).toThrowError(/from 100 to 500/);
  });
});

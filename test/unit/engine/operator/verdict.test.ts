import { describe, expect, it } from 'vitest';
import { checkVerdict, filledByHand, verdictOf } from '../../../../src/engine/operator/verdict.ts';
import { UNSEEN_END } from '../../../../src/domain/order/intent.ts';
import { aFill, anIntent } from '../orders/rows.ts';

const BAD = expect.objectContaining({ code: 'BAD_VERDICT' });

describe('what a person says of an order', () => {
  it('is one of three', () => {
    expect(verdictOf({ as: '7' })).toEqual({ kind: 'as', brokerOrderId: '7' });
    expect(verdictOf({ notPlaced: 'yes' })).toEqual({ kind: 'not_placed' });
    expect(verdictOf({ filled: '0' })).toEqual({ kind: 'filled', shares: 0, price: null });
    expect(verdictOf({ filled: '100', price: '10.02' })).toEqual({ kind: 'filled', shares: 100, price: 10.02 });
  });

  it.each<Record<string, string>>([
    {},
    { as: '7', notPlaced: 'yes' },
    { as: '7', price: '10' },
    { filled: '' },
    { filled: ' ' },
    { filled: '1e3' },
    { filled: '-100' },
    { filled: '1.5' },
    { filled: '100', price: '0' },
    { filled: '100', price: '' },
    { filled: '1', price: 'x' },
  ])('is refused when it is not one answer: %j', (values) => {
    expect(() => verdictOf(values)).toThrowError(BAD);
  });

  it('names an id only where a list may have it, and a number of shares only where none can', () => {
    const today = anIntent({ state: 'unknown' });
    const unseen = anIntent({ state: 'unknown', reason: UNSEEN_END });
    const [as, filled, notPlaced] = [
      verdictOf({ as: '7' }),
      verdictOf({ filled: '0' }),
      verdictOf({ notPlaced: 'yes' }),
    ];
    expect(() => checkVerdict(today, as)).not.toThrow();
    expect(() => checkVerdict(today, filled)).toThrowError(BAD);
    expect(() => checkVerdict(unseen, as)).toThrowError(BAD);
    expect(() => checkVerdict(unseen, filled)).not.toThrow();
    expect(() => checkVerdict(unseen, notPlaced)).not.toThrow();
    expect(() => checkVerdict({ ...unseen, brokerOrderId: '7' }, notPlaced)).toThrowError(BAD);
    expect(() => checkVerdict({ ...unseen, filled: 100 }, notPlaced)).toThrowError(BAD);
  });
});

describe('an order settled by hand', () => {
  const intent = anIntent({ state: 'unknown', amount: 500, filled: 100, brokerOrderId: '7' });
  const known = [aFill({ amount: 100 })];

  it('gets the fill that was never listed', () => {
    expect(filledByHand(intent, known, { kind: 'filled', shares: 300, price: 10.5 })).toMatchObject({
      news: { event: 'canceled', filled: 300 },
      fills: [{ amount: 200, price: 10.5, tradeId: 'operator:c1', commission: null, tax: null }],
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

import { expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { KnownDayPrices } from '../../../../src/engine/orders/day-prices.ts';
import { aQuote } from '../../domain/order/builders.ts';
import { UNKNOWN_PRICES } from './rows.ts';

it('knows the limits of today’s quotes, until the day ends', () => {
  let now = chinaInstant('2026-07-06', '09:35:00');
  const prices = new KnownDayPrices({ now: () => now });
  const known = (): unknown => prices.of('000001.XSHE');
  expect(known()).toEqual(UNKNOWN_PRICES);
  prices.note(aQuote({ time: chinaInstant('2026-07-03', '15:00:00'), highLimit: 12 }));
  expect(known()).toEqual(UNKNOWN_PRICES);
  prices.note(aQuote({ time: now }));
  expect(known()).toEqual({ high: 11, low: 9 });
  now = chinaInstant('2026-07-07', '09:35:00');
  expect(known()).toEqual(UNKNOWN_PRICES);
});

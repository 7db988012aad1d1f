import type { FollowRules } from '../../../../src/domain/follow/rules.ts';
import type { Signal, SourcePicture } from '../../../../src/domain/follow/signal.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';

/** Rules of a strategy that follows share by share, at the signal's price, without anything that waits. */
export function rulesOf(change: Partial<FollowRules> = {}): FollowRules {
  return {
    name: 'alpha',
    mode: 'ratio',
    ratio: 1,
    fixedValue: null,
    cash: null,
    allow: [],
    deny: [],
    sides: 'both',
    maxOrderValue: null,
    maxDayValue: null,
    oddLots: true,
    smallLots: 'skip',
    price: 'signal',
    slippage: 0,
    maxAgeSeconds: 60,
    outsideHours: 'refuse',
    rotationSeconds: 0,
    requote: { afterSeconds: 10, times: 2, totalSeconds: 120 },
    ...change,
  };
}

export const AT = chinaInstant('2026-07-06', '09:35:00');

/** A buy of 300 at 10 CNY, sent at 09:35:00 of Monday 2026-07-06. */
export function aSignal(change: Partial<Signal> = {}): Signal {
  return {
    strategy: 'alpha',
    id: '20260706-1',
    security: '000001.XSHE',
    side: 'buy',
    amount: 300,
    price: 10,
    sentAt: AT,
    receivedAt: AT,
    isClosing: null,
    picture: null,
    raw: '{}',
    ...change,
  };
}

/** A source that holds these, each worth 10 CNY a share. */
export function pictureOf(held: Readonly<Record<string, number>>, change: Partial<SourcePicture> = {}): SourcePicture {
  const positions = Object.entries(held).map(([security, amount]) => ({
    security,
    amount,
    price: 10,
    value: amount * 10,
  }));
  return { at: AT, totalValue: 100_000, availableCash: 0, positions, ...change };
}

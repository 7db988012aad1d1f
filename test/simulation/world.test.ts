import { describe, expect, it } from 'vitest';
import type { ExchangeAccount } from '../../src/exchange/types.ts';
import { oddAnswer } from './world/odd-rows.ts';
import { openFrame, responseFrame } from './world/frames.ts';

const LAGGING: ExchangeAccount = {
  accountId: 'demo',
  availableCash: 900,
  frozenCash: 100,
  transferableCash: 900,
  marketValue: 0,
  totalValue: 1_000,
};

describe('a counter whose cash lags', () => {
  it.each([{ market_value: 5_000 }, {}])(
    'counts what is held in its total, whether it says what it is worth: %j',
    (said) => {
      const honest = { available_cash: 700, frozen_cash: 200, total_value: 5_900, total_asset: 5_900, ...said };
      const plan = { odd: [{ kind: 'lagging-cash' as const, from: 0, until: null }] };
      const facts = { plan, now: 1, market: 1, lagging: LAGGING };
      const frame = oddAnswer({ type: 'answer', action: 'broker.account', id: '1' }, responseFrame('1', honest), facts);
      expect(openFrame(frame)?.['payload']).toMatchObject({
        available_cash: 900,
        frozen_cash: 100,
        total_value: 6_000,
      });
    },
  );
});

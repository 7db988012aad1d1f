import { payOut } from './account.ts';
import { closeTicks } from './daily-close.ts';
import type { AccountData } from './data.ts';
import { payout, rightOn } from './ex-rights.ts';
import type { Market } from './market.ts';

/** What holders of the evening before get on a trading day (its number) on which a share trades without it. */
export function payOutOn(index: number, accounts: readonly AccountData[], market: Market): void {
  for (const account of accounts) {
    for (const { security } of account.positions) {
      const instrument = market.instrument(security);
      const right = rightOn(instrument.exRights, index);
      if (right === null) continue;
      const { cash, bonus } = payout(right, closeTicks(instrument, index - 1), instrument.tickMills);
      payOut(account, security, cash, bonus);
    }
  }
}

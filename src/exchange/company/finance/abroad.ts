import { mix, unit } from '../../../platform/random.ts';
import { closeTicks } from '../../daily-close.ts';
import type { Instrument } from '../../instrument.ts';
import { between, curve, noise } from '../draws.ts';
import { familiarShares } from '../familiar-shares.ts';
import { nameKnown, numberOf, perCompany, rowId } from './event-table.ts';

/** How many of the familiar companies, and of the others, have shares in Hong Kong as well. */
const FAMILIAR = 0.5;
const OTHERS = 0.025;
/** CNY for one HKD. */
const RATE = 0.92;

/** What a company's share costs in Hong Kong against the one here: less, and not the same every day. */
function ratio({ key }: Instrument, index: number): number {
  return between(key, 201, 0.4, 0.95) * (1 + 0.06 * curve(key, 202, 60, index) + 0.01 * noise(key, 203, index));
}

/** Companies with shares here and in Hong Kong, from the day on which both are traded. */
export const STK_AH_PRICE_COMP = perCompany<'STK_AH_PRICE_COMP'>(function* rowsOf(context, company) {
  const { key, security, startIndex, lastIndex, tickMills } = company;
  if (security.endsWith('.BJ') || unit(mix(key, 200)) >= (familiarShares(security) === null ? OTHERS : FAMILIAR))
    return;
  const { days } = context.market;
  const priceOf = (index: number): number => (closeTicks(company, index) * tickMills) / 1000;
  for (const index of context.tradingDays('day', startIndex + 1)) {
    if (lastIndex !== null && index > lastIndex) return;
    const [price, before] = [priceOf(index), priceOf(index - 1)];
    const [comp, last] = [ratio(company, index), ratio(company, index - 1)];
    yield {
      id: rowId(company, index),
      day: days.midnight(index),
      name: nameKnown(context, company),
      a_code: security,
      a_price: price,
      a_quote_change: (price / before - 1) * 100,
      h_code: `${String(numberOf(company) % 10_000).padStart(5, '0')}.XHKG`,
      h_price: Math.round(((price * comp) / RATE) * 1000) / 1000,
      h_quote_change: ((price * comp) / (before * last) - 1) * 100,
      h_a_comp: comp,
    };
  }
});

import { tradedMoney } from '../../market/repo.ts';
import { amountText, moneyText, priceText } from '../../number-text.ts';
import type { AccountView, PositionView } from '../types.ts';
import { denied, over, type Denial, type RiskRule, type Rule, type RuleInputs, type Total } from './rule.ts';

/** What stands in the way of buying only. */
export const BUYING: readonly Rule[] = [
  (_orders, { value }, { limits }) =>
    over(value, limits.maxOrderValue)
      ? denied(
          'order_value',
          `it is worth ${moneyText(value)}, one order at most ${moneyText(limits.maxOrderValue)} (MAX_ORDER_VALUE)`,
        )
      : null,
  (_orders, { amount }, { limits }) =>
    over(amount, limits.maxOrderAmount)
      ? denied(
          'order_amount',
          `it is of ${amountText(amount)} shares, one order of at most ${amountText(limits.maxOrderAmount)} (MAX_ORDER_AMOUNT)`,
        )
      : null,
  (_orders, { value }, { limits: { minOrderValue } }) =>
    minOrderValue !== null && value < minOrderValue
      ? denied(
          'min_order_value',
          `it is worth ${moneyText(value)}, less than ${moneyText(minOrderValue)} (MIN_BUY_ORDER_VALUE)`,
        )
      : null,
  (_orders, { value }, { limits, tally }) =>
    over(tally.value + value, limits.maxDailyValue)
      ? denied(
          'daily_value',
          `with ${moneyText(tally.value)} of today it would be ${moneyText(tally.value + value)}, a day at most ${moneyText(limits.maxDailyValue)} (MAX_DAILY_TRADE_VALUE)`,
        )
      : null,
  (_orders, { security }, { limits }) =>
    limits.allowed !== null && !limits.allowed.has(security)
      ? denied('allowed', `${security} is not among ALLOWED_SECURITIES`)
      : null,
  (_orders, { security }, { limits }) =>
    limits.denied?.has(security) === true ? denied('denied', `${security} is among DENIED_SECURITIES`) : null,
  (_orders, total, inputs) => specialTreatment(total, inputs),
  (_orders, total, inputs) => newListing(total, inputs),
  (_orders, total, inputs) => deviation(total, inputs),
  (_orders, total, inputs) => names(total, inputs),
  (_orders, total, inputs) => weight(total, inputs),
  (_orders, total, inputs) => exposure(total, inputs),
];

function specialTreatment({ security: code }: Total, { limits, security }: RuleInputs): Denial | null {
  if (!limits.noSt || security.isSt === false) return null;
  if (security.isSt === null) return denied('st', `nobody says whether ${code} is under special treatment (FORBID_ST)`);
  return denied('st', `${code} is under special treatment (FORBID_ST)`);
}

function newListing({ security: code }: Total, { limits: { minListedDays }, security }: RuleInputs): Denial | null {
  if (minListedDays === null) return null;
  if (security.listedDays === null)
    return denied('new_listing', `nobody says when ${code} was listed (MIN_LISTED_DAYS)`);
  if (security.listedDays >= minListedDays) return null;
  return denied(
    'new_listing',
    `${code} was listed ${security.listedDays} days ago, less than ${minListedDays} (MIN_LISTED_DAYS)`,
  );
}

function deviation(
  { security, price }: Total,
  { limits: { maxPriceDeviation }, lastPrice }: RuleInputs,
): Denial | null {
  if (maxPriceDeviation === null) return null;
  if (lastPrice === null)
    return denied('price_deviation', `${security} has no last price to hold ${priceText(price)} against`);
  const percent = Math.abs(price / lastPrice - 1) * 100;
  // Half a hundredth of a per cent is a price's rounding.
  if (percent <= maxPriceDeviation + 0.005) return null;
  return denied(
    'price_deviation',
    `its price of ${priceText(price)} is ${percent.toFixed(2)} % off the last price of ${priceText(lastPrice)}, more than ${maxPriceDeviation} % (MAX_PRICE_DEVIATION)`,
  );
}

function names({ security }: Total, { limits: { maxNames }, account, working }: RuleInputs): Denial | null {
  if (maxNames === null) return null;
  const held = new Set(account.positions.filter(({ amount }) => amount > 0).map((position) => position.security));
  for (const { security: bought, side } of working) if (side === 'buy') held.add(bought);
  if (held.has(security) || held.size < maxNames) return null;
  return denied('names', `${held.size} securities are held or being bought, at most ${maxNames} are (MAX_STOCK_COUNT)`);
}

function weight(total: Total, inputs: RuleInputs): Denial | null {
  const { limits, account } = inputs;
  if (limits.maxWeight === null) return null;
  const held = account.positions.filter(({ security }) => security === total.security);
  const value = worth(held, total) + buying(inputs, total.security) + total.value;
  return ofWhole('weight', `${total.security} would be`, value, limits.maxWeight, account, 'MAX_POSITION_RATIO');
}

function exposure(total: Total, inputs: RuleInputs): Denial | null {
  const { limits, account } = inputs;
  if (limits.maxExposure === null) return null;
  const value = worth(account.positions, total) + buying(inputs, null) + total.value;
  return ofWhole('exposure', 'all holdings would be', value, limits.maxExposure, account, 'MAX_EXPOSURE_RATIO');
}

function ofWhole(
  rule: RiskRule,
  what: string,
  value: number,
  percent: number,
  { totalValue }: AccountView,
  variable: string,
): Denial | null {
  if (totalValue > 0 && (value / totalValue) * 100 <= percent) return null;
  if (Number.isNaN(value)) return denied(rule, `what is held has no price, so its share is not known (${variable})`);
  const share = totalValue > 0 ? `${((value / totalValue) * 100).toFixed(2)} %` : moneyText(value);
  return denied(rule, `${what} ${share} of the account's ${moneyText(totalValue)}, at most ${percent} % (${variable})`);
}

/** What holdings are worth, CNY: NaN when of one neither worth nor price nor cost is known. Where it is the order's security, its price will do. */
function worth(positions: readonly PositionView[], { security, price }: Total): number {
  return positions.reduce((sum, position) => {
    const each = position.price ?? position.avgCost ?? (position.security === security ? price : Number.NaN);
    return sum + (position.value ?? position.amount * each);
  }, 0);
}

/** Money of open buys, of one security or (null) of all. */
function buying({ working }: RuleInputs, security: string | null): number {
  return working.reduce((sum, open) => {
    const isCounted = open.side === 'buy' && (security === null || open.security === security);
    return isCounted ? sum + tradedMoney(open.security, open.rest, open.price) : sum;
  }, 0);
}

import { BtError } from '../errors.ts';
import { boardOf, PRICED_IN_CNY } from '../market/board.ts';
import { isTradedHolding } from '../market/repo.ts';
import type { BrokerAccount, BrokerPosition } from '../trading.ts';
import { SLACK, sumValues, TOLERANCE, valueOf, worthTold } from './valuation.ts';

/** CNY and shares that no account has: far above the largest listed company's capital (3.6e11 shares, 3e12 CNY). */
const MOST_MONEY = 1e13;
const MOST_SHARES = 1e12;
/** CNY that cash may be below 0: fees that were charged late. */
const OVERDRAWN = 100;
/** A holding's worth and its price may differ by this factor: a bonus share's day of the price, not yet of the amount. */
const WORTH_FACTOR = 5;
/** All holdings by their prices and by the account: a split of ten on its day, bonds counted by the ten (手). */
const WHOLE_FACTOR = 20;
/**
 * Throws BtError (fault venue) when these figures cannot be true, naming the figure. ACCOUNT_IMPOSSIBLE: one that nothing can
 * explain. ACCOUNT_INCONSISTENT: figures that contradict one another, which answers of two moments may do for a while.
 * Positions: one row a security; rows of what cannot be ordered doubt themselves only. What all rows are worth together: `worthGap`.
 */
export function checkAccount(account: BrokerAccount, positions: readonly BrokerPosition[]): void {
  const known = positions.filter(({ security }) => isTradedHolding(security));
  const impossible = [...accountFigures(account), ...known.flatMap(positionFigures)].find(isImpossible);
  if (impossible !== undefined)
    throw accountDoubt('ACCOUNT_IMPOSSIBLE', `${impossible.name} of ${impossible.value} is impossible`);
  const contradiction =
    partAboveWhole(account, known) ??
    known.map(closeableAboveHeld).find((text) => text !== null) ??
    worthAgainstPrices(account, positions, known);
  if (contradiction !== null) throw accountDoubt('ACCOUNT_INCONSISTENT', contradiction);
}

interface Figure {
  readonly name: string;
  readonly value: number | null;
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

function accountFigures(account: BrokerAccount): Figure[] {
  const { availableCash, totalValue, frozenCash, transferableCash, marketValue } = account;
  const least = -SLACK - TOLERANCE * Math.abs(totalValue);
  const money = (name: string, value: number | null): Figure => ({
    name,
    value,
    least,
    most: MOST_MONEY,
    isWhole: false,
  });
  return [
    { ...money('a total value', totalValue), least: 0 },
    { ...money('an available cash', availableCash), least: least - OVERDRAWN },
    money('a frozen cash', frozenCash),
    money('a market value', marketValue),
    // Counters show what is owed to the exchange as money that may not leave: below 0 on some days.
    { ...money('a transferable cash', transferableCash), least: -MOST_MONEY },
  ];
}

function positionFigures({ security, amount, closeableAmount, lastPrice, marketValue }: BrokerPosition): Figure[] {
  const figure = (what: string, value: number | null, most: number, isWhole: boolean): Figure => ({
    name: `${what} of ${security}`,
    value,
    least: 0,
    most,
    isWhole,
  });
  return [
    figure('an amount', amount, MOST_SHARES, true),
    figure('a closeable amount', closeableAmount, MOST_SHARES, true),
    figure('a price', lastPrice, MOST_MONEY, false),
    figure('a market value', marketValue, MOST_MONEY, false),
  ];
}

function isImpossible({ value, least, most, isWhole }: Figure): boolean {
  if (value === null) return false;
  // Not written as its opposite: what is not a number compares with nothing.
  return !(value >= least && value <= most) || (isWhole && !Number.isInteger(value));
}

/** A part that is worth more than all of it. */
function partAboveWhole(account: BrokerAccount, positions: readonly BrokerPosition[]): string | null {
  const { totalValue, availableCash, frozenCash } = account;
  const whole = totalValue * (1 + TOLERANCE) + SLACK;
  const parts: readonly (readonly [string, number])[] = [
    ['available cash', availableCash],
    ['frozen cash', frozenCash ?? 0],
    ...positions.map((held) => [`worth of ${held.security}`, valueOf(held) ?? 0] as const),
  ];
  const [name, value] = parts.find(([, part]) => part > whole) ?? [];
  if (name === undefined || value === undefined) return null;
  return `the ${name} of ${value.toFixed(2)} is more than the whole account of ${totalValue.toFixed(2)}`;
}

function closeableAboveHeld({ security, amount, closeableAmount }: BrokerPosition): string | null {
  if (closeableAmount <= amount) return null;
  return `${closeableAmount} of ${security} are closeable, and ${amount} are held`;
}

/**
 * Why a row's worth does not come from its price, in words; null = it may. By itself it is no reason to stop: delisted shares are
 * valued low, bonds are counted by the ten (手), and on the day of a split one of the two is of yesterday.
 */
export function worthDoubt(held: BrokerPosition): string | null {
  const { security, amount, lastPrice, marketValue } = held;
  const worth = isTradedHolding(security) && amount !== 0 ? worthByPrice(held) : null;
  if (worth === null || marketValue === null) return null;
  if (isWithin(worth, marketValue, WORTH_FACTOR)) return null;
  return `${amount} ${security} at ${lastPrice} would be worth ${worth.toFixed(2)}, and the row says ${marketValue.toFixed(2)}`;
}

/** The first doubtful worth, where all holdings by their prices are not what the account says at all. */
function worthAgainstPrices(
  account: BrokerAccount,
  positions: readonly BrokerPosition[],
  known: readonly BrokerPosition[],
): string | null {
  const text = known.map(worthDoubt).find((doubt) => doubt !== null);
  if (text === undefined) return null;
  const byPrice = known.reduce((sum, held) => sum + (worthByPrice(held) ?? valueOf(held) ?? 0), 0);
  const odd = sumValues(positions) - sumValues(known);
  const told = Math.max(0, worthTold(account));
  const isMore = byPrice > told * WHOLE_FACTOR + SLACK;
  // Without a market value what is told may be cash that is frozen.
  const isLess = account.marketValue !== null && told - odd > byPrice * WHOLE_FACTOR + SLACK;
  return isMore || isLess ? text : null;
}

function worthByPrice({ security, amount, lastPrice }: BrokerPosition): number | null {
  return lastPrice === null || !PRICED_IN_CNY.has(boardOf(security)) ? null : amount * lastPrice;
}

function isWithin(a: number, b: number, factor: number): boolean {
  return a <= b * factor + SLACK && b <= a * factor + SLACK;
}

/** The error of a figure that cannot be true. */
export function accountDoubt(code: 'ACCOUNT_IMPOSSIBLE' | 'ACCOUNT_INCONSISTENT', what: string): BtError {
  const text = `the account cannot be believed: ${what}. Compare it with the terminal, and restart the gateway if the terminal is right`;
  return new BtError(code, text, { fault: 'venue' });
}

import { BtError } from '../errors.ts';
import { boardOf, type Board } from '../market/board.ts';
import { isSecurity } from '../market/symbol.ts';
import type { BrokerAccount, BrokerPosition } from '../trading.ts';
import { sumValues, valueOf } from './valuation.ts';

/** CNY and shares that no account has: far above the largest listed company's capital (3.6e11 shares, 3e12 CNY). */
const MOST_MONEY = 1e13;
const MOST_SHARES = 1e12;
/** Account and positions are two answers, a moment apart: prices may have moved by so much between them. */
const TOLERANCE = 0.02;
/** CNY; for small accounts. */
const SLACK = 10;
/** A holding's worth and its price may differ by this factor: a bonus share's day of the price, not yet of the amount. */
const WORTH_FACTOR = 5;
/** Boards on which a share's price is in CNY a share: there worth is amount × price. */
const PRICED_IN_CNY: ReadonlySet<Board> = new Set<Board>([
  'main',
  'chinext',
  'star',
  'bse',
  'etf',
  'lof',
  'convertible',
]);

/**
 * Throws BtError (fault venue) when these figures cannot be true, naming the figure. ACCOUNT_IMPOSSIBLE: one that nothing can
 * explain. ACCOUNT_INCONSISTENT: figures that contradict one another, which answers of two moments may do for a while.
 * Positions: one row a security; rows of what cannot be ordered doubt themselves only.
 */
export function checkAccount(account: BrokerAccount, positions: readonly BrokerPosition[]): void {
  const held = positions.filter(({ amount }) => amount !== 0);
  const known = positions.filter(({ security }) => isTraded(security));
  const impossible = [...accountFigures(account), ...known.flatMap(positionFigures)].find(isImpossible);
  if (impossible !== undefined)
    throw accountDoubt('ACCOUNT_IMPOSSIBLE', `${impossible.name} of ${impossible.value} is impossible`);
  const contradiction =
    partAboveWhole(account, known) ??
    known.map(rowContradiction).find((text) => text !== null) ??
    unlisted(account, held);
  if (contradiction !== null) throw accountDoubt('ACCOUNT_INCONSISTENT', contradiction);
}

function isTraded(security: string): boolean {
  return isSecurity(security) && !['index', 'other'].includes(boardOf(security));
}

interface Figure {
  readonly name: string;
  readonly value: number | null;
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

/** Cash may be a little below 0: a fee that was charged late. */
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
    money('an available cash', availableCash),
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

function rowContradiction({
  security,
  amount,
  closeableAmount,
  lastPrice,
  marketValue,
}: BrokerPosition): string | null {
  if (closeableAmount > amount) return `${closeableAmount} of ${security} are closeable, and ${amount} are held`;
  if (lastPrice === null || marketValue === null || amount === 0 || !PRICED_IN_CNY.has(boardOf(security))) return null;
  const [worth, slack] = [amount * lastPrice, SLACK];
  if (worth <= marketValue * WORTH_FACTOR + slack && marketValue <= worth * WORTH_FACTOR + slack) return null;
  return `${amount} ${security} at ${lastPrice} would be worth ${worth.toFixed(2)}, and the row says ${marketValue.toFixed(2)}`;
}

/** Holdings that are worth something and are not listed, or are listed twice. */
function unlisted({ marketValue }: BrokerAccount, held: readonly BrokerPosition[]): string | null {
  if (marketValue === null || held.some((position) => position.marketValue === null)) return null;
  const listed = sumValues(held);
  if (Math.abs(listed - marketValue) <= SLACK + TOLERANCE * Math.max(listed, marketValue)) return null;
  return `the positions listed are worth ${listed.toFixed(2)}, the account says ${marketValue.toFixed(2)}`;
}

/** The error of a figure that cannot be true. */
export function accountDoubt(code: 'ACCOUNT_IMPOSSIBLE' | 'ACCOUNT_INCONSISTENT', what: string): BtError {
  const text = `the account cannot be believed: ${what}. Compare it with the terminal, and restart the gateway if the terminal is right`;
  return new BtError(code, text, { fault: 'venue' });
}

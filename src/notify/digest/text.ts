import { groupedMoney, percentText, signedMoney } from '../../domain/number-text.ts';
import type { Digest } from './digest.ts';

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
/** Holdings named in words; a message is no table. */
const MOST_POSITIONS = 30;

/** The day in words. Without `amounts` shares of the whole stand where money would. */
export function digestText(digest: Digest, amounts: boolean): string {
  return [
    ordersLine(digest),
    fillsLine(digest, amounts),
    ...profitLine(digest, amounts),
    ...valueLine(digest, amounts),
    ...positionLines(digest, amounts),
    ...differenceLines(digest),
  ].join('\n');
}

function ordersLine({ orders }: Digest): string {
  const { asked, filled, partly, refused, open, unknown } = orders;
  if (asked === 0) return 'No orders.';
  const parts = [
    `${filled} filled`,
    ...(partly > 0 ? [`${partly} partly`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(open > 0 ? [`${open} still open`] : []),
    ...(unknown > 0 ? [`${unknown} of UNKNOWN fate`] : []),
  ];
  return `Orders: ${asked} (${parts.join(', ')})`;
}

function fillsLine({ fills }: Digest, amounts: boolean): string {
  if (fills.count === 0) return 'No fills.';
  if (!amounts) return `Fills: ${fills.count}`;
  const fees = fills.fees === null ? 'fees not known' : `fees ${money(fills.fees)}`;
  return `Fills: ${fills.count}, bought ${money(fills.bought)}, sold ${money(fills.sold)}, ${fees}`;
}

function profitLine({ profit }: Digest, amounts: boolean): string[] {
  if (profit === null) return [];
  const share = profit.share === null ? null : percent(profit.share);
  if (!amounts) return share === null ? [] : [`Change since ${profit.since}: ${share}`];
  return [`Change since ${profit.since}: ${signed(profit.money)}${share === null ? '' : ` (${share})`}`];
}

function valueLine({ totalValue, cash }: Digest, amounts: boolean): string[] {
  if (totalValue === null) return ['The account could not be read.'];
  if (amounts) return [`Total value ${money(totalValue)}, cash ${cash === null ? 'not known' : money(cash)}`];
  return cash === null || totalValue === 0 ? [] : [`Cash ${percent(cash / totalValue, false)} of the whole`];
}

function positionLines({ positions, totalValue }: Digest, amounts: boolean): string[] {
  if (positions.length === 0) return ['No positions.'];
  const lines = positions.slice(0, MOST_POSITIONS).map(({ security, name, amount, value, gain }) => {
    const named = name === null ? security : `${security} ${name}`;
    const part = value !== null && totalValue !== null && totalValue !== 0 ? percent(value / totalValue, false) : null;
    const worth = amounts ? `${WHOLE.format(amount)}${value === null ? '' : `, ${money(value)}`}` : part;
    return [named, ...(worth === null ? [] : [worth]), ...(gain === null ? [] : [percent(gain)])].join(', ');
  });
  const more = positions.length - lines.length;
  return [`Positions: ${positions.length}`, ...lines, ...(more > 0 ? [`… and ${more} more`] : [])];
}

function differenceLines({ differences }: Digest): string[] {
  return differences.length === 0 ? [] : ['To look at:', ...differences.map((text) => `- ${text}`)];
}

/** CNY, two decimals, thousands apart. */
export function money(value: number): string {
  return groupedMoney(value);
}

export function signed(value: number): string {
  return signedMoney(value);
}

/** `+1.25 %` */
export function percent(share: number, isChange = true): string {
  return percentText(share * 100, isChange);
}

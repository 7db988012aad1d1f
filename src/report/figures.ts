import { basisPointsText, groupedMoney, percentText, signedMoney } from '../domain/number-text.ts';
import { chinaText } from '../domain/time.ts';

// Made once: `toLocaleString` makes one at each call.
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const PRICE = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
  useGrouping: false,
});
/** What is not known. */
export const UNKNOWN = '—';

/** CNY with thousands apart. */
export function money(value: number | null): string {
  return value === null ? UNKNOWN : groupedMoney(value);
}

/** With its sign. */
export function signed(value: number | null): string {
  return value === null ? UNKNOWN : signedMoney(value);
}

export function price(value: number | null): string {
  return value === null ? UNKNOWN : PRICE.format(value);
}

export function amount(value: number): string {
  return WHOLE.format(value);
}

/** Per cent with its sign, as `+1.25 %`. */
export function percent(value: number | null): string {
  return value === null ? UNKNOWN : percentText(value);
}

/** Behind the money of a slippage. */
export function inPoints(basisPoints: number | null): string {
  return basisPoints === null ? '' : ` (${basisPointsText(basisPoints)})`;
}

/** `HH:MM:SS` of Shanghai. */
export function clock(at: number | null): string {
  return at === null ? UNKNOWN : chinaText(at).slice(11, 19);
}

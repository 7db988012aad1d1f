import { BtError } from '../../domain/errors.ts';
import { usualSecurities } from '../listing.ts';
import type { Instrument } from '../instrument.ts';
import type { Market } from '../market.ts';

const known = new WeakMap<Market, readonly Instrument[]>();

/** All companies of a market, listed by now or not, in the order of their codes. */
export function allCompanies(market: Market): readonly Instrument[] {
  const found = known.get(market);
  if (found !== undefined) return found;
  const made = inOrder(usualSecurities().map((code) => market.instrument(code)));
  known.set(market, made);
  return made;
}

/** The companies with these codes (null = all), in their order; what is no code of a company is left out. */
export function companiesOf(market: Market, codes: readonly string[] | null): readonly Instrument[] {
  if (codes === null) return allCompanies(market);
  return inOrder([...new Set(codes)].map((code) => instrumentOf(market, code)).filter((one) => one !== null));
}

export function isListed({ startIndex }: Instrument, index: number): boolean {
  return startIndex <= index;
}

function inOrder(instruments: readonly Instrument[]): readonly Instrument[] {
  return instruments.filter(({ type }) => type === 'stock').toSorted((a, b) => (a.security < b.security ? -1 : 1));
}

/** Null when it is no code, or not written as one is here. */
function instrumentOf(market: Market, code: string): Instrument | null {
  try {
    const instrument = market.instrument(code);
    return instrument.security === code ? instrument : null;
  } catch (error) {
    if (error instanceof BtError && error.code === 'BAD_SECURITY') return null;
    throw error;
  }
}

import { BtError } from '../../domain/errors.ts';
import type { Instrument } from '../instrument.ts';
import type { Market } from '../market.ts';

/** The companies with these codes (null = all that are, were or will be listed), in the order of their codes; what is no code of a company is left out. */
export function companiesOf(market: Market, codes: readonly string[] | null): readonly Instrument[] {
  if (codes === null) return market.stocks();
  return [...new Set(codes)]
    .map((code) => instrumentOf(market, code))
    .filter((one) => one?.type === 'stock')
    .filter((one) => one !== null)
    .toSorted((a, b) => (a.security < b.security ? -1 : 1));
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

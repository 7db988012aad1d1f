import type { Instrument } from '../instrument.ts';

/** Whose statements look different from those of who makes and sells things. */
export type Sector = 'bank' | 'securities' | 'insurance' | 'general';

const BANKS = ['000001.XSHE', '600000.XSHG', '600016.XSHG', '600036.XSHG', '601166.XSHG', '601288.XSHG', '601328.XSHG'];
const STATE_BANKS = ['601398.XSHG', '601939.XSHG', '601988.XSHG'];
const BROKERS = ['000776.XSHE', '300059.XSHE', '600030.XSHG', '601211.XSHG', '601688.XSHG'];
const INSURERS = ['601318.XSHG', '601601.XSHG', '601628.XSHG'];

const SECTORS: ReadonlyMap<string, Sector> = new Map([
  ...[...BANKS, ...STATE_BANKS].map((code) => [code, 'bank'] as const),
  ...BROKERS.map((code) => [code, 'securities'] as const),
  ...INSURERS.map((code) => [code, 'insurance'] as const),
]);

export function sectorOf({ security }: Instrument): Sector {
  return SECTORS.get(security) ?? 'general';
}

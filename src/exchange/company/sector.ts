import type { Instrument } from '../instrument.ts';
import { industriesOf } from '../universe/industries.ts';

/** Whose statements look different from those of who makes and sells things. */
export type Sector = 'bank' | 'securities' | 'insurance' | 'general';

/** By 申万's classes of the first and second level. */
const SECTORS: Readonly<Record<string, Sector>> = { '801780': 'bank', '801193': 'securities', '801194': 'insurance' };

export function sectorOf({ security, board }: Instrument): Sector {
  const { sw_l1: first, sw_l2: second } = industriesOf(security, board);
  return SECTORS[first.code] ?? SECTORS[second.code] ?? 'general';
}

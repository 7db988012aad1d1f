import type { FollowRules } from '../../domain/follow/rules.ts';

/** A strategy that is followed, and which part of the account is its own. */
export interface Followed {
  readonly rules: FollowRules;
  /** Its sub-portfolio; 0 = what no other has. */
  readonly pindex: number;
}

/** The strategies of a run by name. */
export type FollowedStrategies = ReadonlyMap<string, Followed>;

/** One that is not in the configuration any more: what is open of it is followed to its end, and nothing more is ordered. */
export const GONE: Followed = {
  pindex: 0,
  rules: {
    name: '',
    mode: 'ratio',
    ratio: 1,
    fixedValue: null,
    cash: null,
    allow: [],
    deny: [],
    sides: 'both',
    maxOrderValue: null,
    maxDayValue: null,
    oddLots: true,
    smallLots: 'skip',
    price: 'signal',
    slippage: 0,
    maxAgeSeconds: 0,
    outsideHours: 'refuse',
    requote: { afterSeconds: 0, times: 0, totalSeconds: 0 },
  },
};

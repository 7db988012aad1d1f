import type { FollowedStrategies } from '../../../src/engine/follow/strategies.ts';

/** The strategy that is followed in the worlds: it is ordered anew soon, and what comes outside trading hours is queued. */
export const FOLLOWED: FollowedStrategies = new Map([
  [
    'alpha',
    {
      pindex: 0,
      rules: {
        name: 'alpha',
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
        smallLots: 'roundUp',
        price: 'signal',
        slippage: 0.001,
        maxAgeSeconds: 30,
        outsideHours: 'queue',
        rotationSeconds: 1,
        requote: { afterSeconds: 3, times: 2, totalSeconds: 25 },
      },
    },
  ],
]);

import { DateTime } from 'luxon';
import { installDateTimeMethods } from './luxon-methods.ts';

// Here, where every DateTime of a strategy is made, so that none is without them.
installDateTimeMethods();

/** China has one zone and no summer time since 1991. */
export const CHINA_ZONE = 'Asia/Shanghai';

/** Epoch ms as a luxon DateTime in China's zone. */
export function chinaDateTime(ms: number): DateTime {
  return DateTime.fromMillis(ms, { zone: CHINA_ZONE });
}

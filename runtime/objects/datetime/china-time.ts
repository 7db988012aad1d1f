import { DateTime, Settings } from 'luxon';
import { ChinaZone } from './china-zone.ts';
import { installDateTimeMethods } from './luxon-methods.ts';

/** China's time without summer time: what times without a zone mean here, as pandas' do. */
export const CHINA_ZONE = new ChinaZone();

// Here, where every DateTime of a strategy is made, so that none is without them, nor in the zone of the machine.
installDateTimeMethods();
Settings.defaultZone = CHINA_ZONE;

/** Epoch ms as a luxon DateTime in China's zone. */
export function chinaDateTime(ms: number): DateTime {
  return DateTime.fromMillis(ms, { zone: CHINA_ZONE });
}

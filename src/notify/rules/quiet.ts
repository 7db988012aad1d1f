import { chinaMidnight, chinaTimeOfDay, DAY, SECOND } from '../../domain/time.ts';
import type { NoticeLevel } from '../notice.ts';

/** Hours in which only what is critical is told: seconds of a day in Shanghai, `until` excluded; over midnight when it is the smaller. */
export interface QuietHours {
  readonly from: number;
  readonly until: number;
}

/** Epoch ms at which a message of the level may be told: `now`, or the end of the quiet hours that `now` lies in. */
export function mayTellAt(quiet: QuietHours | null, level: NoticeLevel, now: number): number {
  if (quiet === null || level === 'critical' || quiet.from === quiet.until) return now;
  const time = chinaTimeOfDay(now);
  const isOverNight = quiet.until < quiet.from;
  const isQuiet = isOverNight ? time >= quiet.from || time < quiet.until : time >= quiet.from && time < quiet.until;
  if (!isQuiet) return now;
  const end = chinaMidnight(now) + quiet.until * SECOND;
  return end > now ? end : end + DAY;
}

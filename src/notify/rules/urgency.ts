import { rankOf, type NoticeLevel } from '../notice.ts';

/** The more urgent first, then the older: below 0 when `a` is. */
export function byUrgency(
  a: { readonly level: NoticeLevel; readonly time: number },
  b: { readonly level: NoticeLevel; readonly time: number },
): number {
  const ranks = rankOf(b.level) - rankOf(a.level);
  return ranks === 0 ? a.time - b.time : ranks;
}

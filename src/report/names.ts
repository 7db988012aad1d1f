import type { ReportOrder } from './types.ts';
import { REPORT_WORDS, words, type ReportWord } from './words.ts';

/** The word for a name that another version may have and we do not: the name itself then. */
function named(group: 'outcome' | 'rule', name: string): string {
  const word = `${group}.${name}`;
  return isWord(word) ? words(word) : name;
}

function isWord(word: string): word is ReportWord {
  return Object.hasOwn(REPORT_WORDS.en, word);
}

export function outcomeWord(outcome: string): string {
  return named('outcome', outcome);
}

export function ruleWord(rule: string): string {
  return named('rule', rule);
}

export function orderState({ state, unknown, phase, filled }: ReportOrder): string {
  if (unknown) return words('order.unknown');
  if (phase === 'parked') return words('order.parked');
  return words(state === 'canceled' && filled > 0 ? 'order.partly' : `order.${state}`);
}

/** What became of the day's orders, in one line. */
export function countsText(
  totals: Record<'filled' | 'partly' | 'cancelled' | 'refused' | 'open' | 'unknown', number>,
): string {
  const parts = [
    [totals.filled, 'filledCount'],
    [totals.partly, 'partlyCount'],
    [totals.cancelled, 'cancelledCount'],
    [totals.refused, 'refusedCount'],
    [totals.open, 'openCount'],
    [totals.unknown, 'unknownCount'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => words(word, { count }))
    .join(words('language') === 'en' ? ', ' : '，');
}

import { mix, unit } from '../../platform/random.ts';
import type { TradingDays } from '../trading-days.ts';

/** Trading days `from` … `to` (numbers, both included) on which a company is under risk warning. */
export interface Warning {
  readonly from: number;
  readonly to: number;
  /** `*ST`: it may be delisted; else `ST`. */
  readonly isGrave: boolean;
}

/** What part of the companies is warned of at some time, and what part of those twice. */
const WARNED = 0.1;
const TWICE = 0.3;
/** A warning comes and goes when the annual report is there, in the first days of May; it lasts so many years at most. */
const REPORTS = '05-01';
const MOST_YEARS = 3;
/** Trading days that a company is warned of before it is delisted. */
const BEFORE_END = [120, 480] as const;

/** What decides the warnings of a company. */
interface Life {
  readonly key: number;
  readonly startIndex: number;
  readonly lastIndex: number | null;
}

/** Whether it is, was or will be under risk warning. */
export function isEverWarned({ key, lastIndex }: Life): boolean {
  return lastIndex !== null || unit(mix(key, 11)) < WARNED;
}

/** The seeded warnings of a company, ascending, with days between them. */
export function warningsOf(life: Life, days: TradingDays): readonly Warning[] {
  if (!isEverWarned(life)) return [];
  const { key, lastIndex, startIndex } = life;
  if (lastIndex !== null) {
    const length = BEFORE_END[0] + Math.floor((BEFORE_END[1] - BEFORE_END[0]) * unit(mix(key, 15)));
    return [{ from: Math.max(startIndex + 1, lastIndex - length), to: lastIndex, isGrave: true }];
  }
  const starts = days.starts(REPORTS);
  const first = starts.findIndex((start) => start > startIndex);
  if (first < 0) return [];
  const found: Warning[] = [];
  for (const nth of unit(mix(key, 16)) < TWICE ? [0, 1] : [0]) {
    const hash = mix(mix(key, 17), nth);
    const year = first + Math.floor(unit(hash) * (starts.length - first));
    const until = year + 1 + Math.floor(unit(mix(hash, 1)) * MOST_YEARS);
    const offset = Math.floor(unit(mix(hash, 2)) * 4);
    const from = (starts[year] ?? 0) + offset;
    const to = (starts[until] ?? days.list.length + MOST_YEARS * 250) + Math.floor(unit(mix(hash, 3)) * 4) - 1;
    if (found.some((other) => from <= other.to + 5 && other.from <= to + 5)) continue;
    found.push({ from, to, isGrave: unit(mix(hash, 4)) < 0.4 });
  }
  return found.toSorted((a, b) => a.from - b.from);
}

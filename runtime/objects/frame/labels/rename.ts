import { badArgument } from '../../../api/arguments.ts';
import { timedelta } from '../../datetime/timedelta.ts';
import { isFunction, pairsOf, textOr } from '../args.ts';
import type { Named } from '../args.ts';
import { times } from '../column/column.ts';
import { labelKey } from '../column/keys.ts';
import { badOperator, unknownLabel } from '../errors.ts';
import { makeIndex, makeLevels } from '../factory.ts';
import { levelKey, tryLabel } from '../index/lookup.ts';
import { listOf } from '../selection/select.ts';
import { stepsFrom, timeRule, timesOf } from '../time-rules.ts';
import type { Index } from '../types.ts';

/** Times moved by steps of a frequency, as `shift({ freq })` does. */
export function shiftedTimes(index: Index, periods: number, freq: unknown): Index {
  const [level] = index.levels;
  if (level?.kind !== 'datetime64[ns]' || index.nlevels > 1)
    throw badOperator('shift({ freq }) needs an index of times.');
  if (freq instanceof timedelta) {
    const span = freq.valueOf() * periods;
    return index.with([times(level.data.map((ms) => ms + span))]);
  }
  if (typeof freq !== 'string') throw badArgument('shift()', "freq is a text like 'D', 'B', '5min', 'M'.");
  const rule = timeRule(freq);
  return index.with([times(level.data.map((ms) => (Number.isNaN(ms) ? ms : stepsFrom(rule, ms, periods))))]);
}

/** The times of a frequency from the first label to the last, under the name of the index. */
export function stepsOf(index: Index, freq: string): Index {
  const [level] = index.levels;
  if (level?.kind !== 'datetime64[ns]' || index.nlevels > 1) throw badOperator('asfreq() needs an index of times.');
  const given = level.data.filter((ms) => !Number.isNaN(ms));
  if (given.length === 0) return index;
  const [first, last] = [given.reduce((a, b) => Math.min(a, b)), given.reduce((a, b) => Math.max(a, b))];
  return index.with([times(timesOf(timeRule(freq), first, last, null))]);
}

/** Labels through a dict (those it does not have stay) or a function. */
export function renamedLabels(index: Index, by: unknown, errors?: unknown): Index {
  const strict = textOr(errors, ['ignore', 'raise'], 'ignore', 'rename() errors') === 'raise';
  if (isFunction(by)) return index.nlevels > 1 ? index : index.map(by);
  const pairs = pairsOf(by);
  if (pairs === null) throw badArgument('rename()', 'takes a dict { old: new } or a function.');
  for (const [key] of pairs) if (strict && tryLabel(index, key) === null) throw unknownLabel(key, index);
  const table = new Map(pairs.map(([key, value]) => [String(labelKey(key)), value]));
  const [level] = index.levels;
  const labels = index.tolist().map((label) => {
    const key = level === undefined ? label : levelKey(level, label);
    const found = table.has(String(labelKey(label))) ? String(labelKey(label)) : String(key);
    return table.has(found) ? table.get(found) : label;
  });
  return makeIndex(labels).rename(index.name);
}

/** Other names of the levels: a text, a list, a function of the name, or a dict { old: new }. */
export function renamedAxis(index: Index, ...wanted: readonly unknown[]): Index {
  const by = wanted.find((one) => one !== undefined);
  const pairs = pairsOf(by);
  if (isFunction(by)) return index.rename(index.names.map((name) => by(name) as string | null));
  if (pairs !== null) {
    const table = new Map(pairs);
    return index.rename(index.names.map((name) => (table.has(name) ? (table.get(name) as string) : name)));
  }
  return index.rename((listOf(by) ?? [by ?? null]) as readonly (string | null)[]);
}

/** Two levels of the labels change places; the last two unless said. */
export function swappedLevels(index: Index, { i, j }: Named): Index {
  if (index.nlevels < 2) throw badArgument('swaplevel()', 'needs row labels of two levels.');
  const [a, b] = [index.levelOf((i ?? -2) as number), index.levelOf((j ?? -1) as number)];
  const order = Array.from(index.levels.keys(), (at) => (at === a ? b : at === b ? a : at));
  return makeLevels(
    order.flatMap((at) => index.levels.slice(at, at + 1)),
    order.map((at) => index.names[at] ?? null),
  );
}

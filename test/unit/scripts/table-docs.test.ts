import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DataFrame, pd } from 'jqdata';
import type { Series } from 'jqdata';
import { SECTIONS, tablePage } from '../../../scripts/table-docs/page.ts';

/** Members that only the layers of a class call among themselves. */
const INTERNAL = new Set(
  'asSeries calculated compared inside labelAt levelOf levels order other rowOf rowsOf toString with'.split(' '),
);

/** Names on the layers of a class, down to the door or to Object. */
function membersOf(instance: object): Set<string> {
  const found = new Set<string>();
  for (let layer: unknown = Object.getPrototypeOf(instance); typeof layer === 'object' && layer !== null;) {
    const names = Object.getOwnPropertyNames(layer);
    if (Object.getPrototypeOf(layer) === null || !names.includes('constructor')) break;
    for (const name of names) if (name !== 'constructor') found.add(name);
    layer = Object.getPrototypeOf(layer);
  }
  return found;
}

const df = new DataFrame({ a: [1], t: pd.DatetimeIndex(['2026-01-01']), s: ['x'] });
const a = df.col('a');
const CLASSES: Readonly<Record<string, Set<string>>> = {
  DataFrame: membersOf(df),
  Series: membersOf(a),
  Index: membersOf(df.index),
  GroupBy: membersOf(df.groupby('a')),
  Rolling: membersOf(a.rolling(1)),
  Ewm: membersOf(a.ewm({ span: 1 })),
  Resampler: membersOf(df.set_index('t').resample('D')),
  str: membersOf((df.col('s') as unknown as Series<string>).str),
  dt: membersOf(df.col('t').dt),
  Panel: new Set([...membersOf(pd.Panel({ a: df })), 'major_axis', 'minor_axis']),
  jqdata: new Set(['fmt', 'has', 'len', 'slice', 'sorted']),
  pd: new Set(Object.keys(pd)),
};

/** Members told of, by class; a resampled table is a group by too. */
function told(): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const { of, members } of SECTIONS.flatMap((section) => section.rows)) {
    for (const name of of.split(' ')) {
      const known = all.get(name) ?? new Set<string>();
      members.split(' ').forEach((member) => known.add(member));
      all.set(name, known);
    }
  }
  all.set('Resampler', new Set([...(all.get('GroupBy') ?? []), ...(all.get('Resampler') ?? [])]));
  return all;
}

describe('docs/tables.md', () => {
  test.each(Object.keys(CLASSES))('tells of every public member of %s, and of none that does not exist', (name) => {
    const members = CLASSES[name] ?? new Set<string>();
    const known = told().get(name) ?? new Set<string>();
    const isPublic = (member: string): boolean =>
      !INTERNAL.has(member) || known.has(member) || (name === 'pd' && member !== '');
    expect([...members].filter((member) => isPublic(member) && !known.has(member) && member !== 'toString')).toEqual(
      [],
    );
    expect([...known].filter((member) => !members.has(member))).toEqual([]);
  });

  test.each([
    ['en', 'tables.md'],
    ['zh', 'tables.zh-CN.md'],
  ] as const)('the %s page is current: node scripts/table-docs.ts writes it', (language, file) => {
    expect(readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8')).toBe(tablePage(language));
  });
});

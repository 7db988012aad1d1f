import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import 'jqdata';
import { apiEntries } from '../../../../runtime/api/define-api.ts';
import { API_NAMES } from '../../../../runtime/api/names.ts';
import { NEEDS, NEEDS_AT_TIMES } from '../../../../runtime/api/needs.ts';

const names: readonly string[] = API_NAMES;
const folder = new URL('../../../../runtime/api/', import.meta.url);

const matches = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), ([, word]) => word ?? '');
const files = globSync('**/*.ts', { cwd: folder }).map((file) => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const named = matches(text, /'(\w+)'/gu).filter((name) => names.includes(name));
  return { place: dirname(file), asked: matches(text, /dataset: '(\w+)'/gu), named };
});
/** By folder, because the functions of one may share how they ask. */
const places = [...Map.groupBy(files, ({ place }) => place)].map(([place, of]) => ({
  place,
  asked: new Set(of.flatMap(({ asked }) => asked)),
  named: new Set(of.flatMap(({ named }) => named)),
}));

test.each(places)('the functions of $place need what they ask for', ({ asked, named }) => {
  const needed = new Set(
    [...named].flatMap((name): readonly string[] => [...(NEEDS[name] ?? []), ...(NEEDS_AT_TIMES[name] ?? [])]),
  );
  expect(asked.difference(needed)).toEqual(new Set());
});

test('what is needed is asked for by somebody', () => {
  const asked = new Set(files.flatMap((file) => [...file.asked]));
  for (const { name, supported, datasets } of apiEntries())
    if (supported) for (const dataset of datasets) expect([name, asked.has(dataset)]).toEqual([name, true]);
  for (const name of Object.keys({ ...NEEDS, ...NEEDS_AT_TIMES })) expect(names).toContain(name);
});

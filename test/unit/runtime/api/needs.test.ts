import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import 'jqdata';
import { apiEntries } from '../../../../runtime/api/define-api.ts';
import { API_NAMES } from '../../../../runtime/api/names.ts';
import { NEEDS, NEEDS_AT_TIMES } from '../../../../runtime/api/needs.ts';

const names: readonly string[] = API_NAMES;
const folder = new URL('../../../../runtime/api/', import.meta.url);

/** Files of functions that ask for data sets, with the names of the API they hold. */
const files = globSync('**/*.ts', { cwd: folder })
  .map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }))
  .map(({ file, text }) => ({
    file,
    asked: new Set(Array.from(text.matchAll(/dataset: '(\w+)'/gu), ([, dataset]) => dataset ?? '')),
    named: new Set(
      Array.from(text.matchAll(/'(\w+)'/gu), ([, name]) => name ?? '').filter((name) => names.includes(name)),
    ),
  }))
  .filter(({ asked }) => asked.size > 0);

test.each(files)('the functions of $file need what they ask for', ({ asked, named }) => {
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

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ROWS } from '../../../scripts/data-docs/functions.ts';
import { withDataTables } from '../../../scripts/data-docs/page.ts';
import { API_NAMES } from '../../../runtime/api/names.ts';
import { NEEDS, NEEDS_AT_TIMES } from '../../../runtime/api/needs.ts';

describe('the table of data functions', () => {
  test('tells of every name that asks a source for data, once, and of no other', () => {
    const told = ROWS.flatMap(({ names }) => names);
    expect(new Set(told).size).toBe(told.length);
    for (const name of Object.keys({ ...NEEDS, ...NEEDS_AT_TIMES })) expect(told).toContain(name);
    for (const name of told) expect(API_NAMES).toContain(name);
  });

  test('a row that asks for no data set says what it asks for', () => {
    for (const { names, basic } of ROWS)
      expect([names, basic !== undefined || names.every((name) => NEEDS[name] !== undefined)]).toEqual([names, true]);
  });

  test.each([
    ['en', 'README.md'],
    ['zh', 'README.zh-CN.md'],
  ] as const)('is current in %s: node scripts/data-docs.ts writes it', (language, file) => {
    const readme = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
    expect(withDataTables(readme, language)).toBe(readme);
  });

  test('needs its marks', () => {
    expect(() => withDataTables('# bt', 'en')).toThrow(/marks/u);
  });
});

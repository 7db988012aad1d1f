import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dayReport } from '../../../src/report/day-report.ts';
import { REPORT_WORDS } from '../../../src/report/words.ts';
import { aStatus, at } from '../report/a-status.ts';

const read = (path: string): string => readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');

test.each(['report.md', 'report.zh-CN.md'])('docs/%s names each member of the report, and no other', (path) => {
  const rows = read(path).match(/^\| `[^|]+\|/gmu) ?? [];
  const named = rows.flatMap((row) => row.match(/\w+/gu) ?? []);
  expect(new Set(named)).toEqual(new Set(Object.keys(dayReport(aStatus(), [], at('15:30:00')))));
});

test('every word of the report is there in both languages, with the same places', () => {
  const { en, zh } = REPORT_WORDS;
  expect(Object.keys(zh)).toEqual(Object.keys(en));
  const places = (text: string): string[] => (text.match(/\{\w+\}/gu) ?? []).toSorted((a, b) => a.localeCompare(b));
  for (const key of Object.keys(en) as (keyof typeof en)[])
    expect([key, ...places(zh[key])]).toEqual([key, ...places(en[key])]);
  // Chinese ones have no English left in them but the names of options.
  const english = Object.entries(zh).filter(
    ([key, text]) => key !== 'language' && /[A-Za-z]{3,}/u.test(text.replaceAll(/\{\w+\}|--[\w-]+/gu, '')),
  );
  expect(english).toEqual([]);
});

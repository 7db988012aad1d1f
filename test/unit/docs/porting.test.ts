import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { BtError } from '../../../src/domain/errors.ts';
import { codesIn, scopeOf, sourceOf, valueOf } from './porting/case.ts';
import type { Case } from './porting/case.ts';
import { DATA } from './porting/data.ts';
import { LANGUAGE } from './porting/language.ts';
import { ORDERS } from './porting/orders.ts';
import { SCRIPT } from './porting/script.ts';
import { TABLES } from './porting/tables.ts';
import { TIMES } from './porting/times.ts';

/** Each line of docs/porting.md is held against the code; a line without a case, and a case without a line, fail. */
const CASES = new Map<string, Case>(
  [LANGUAGE, TIMES, TABLES, SCRIPT, ORDERS, DATA].flatMap((part) => Object.entries(part)),
);

interface Line {
  readonly id: string;
  readonly python: string;
  readonly typescript: string;
  /** `found IN_LIST`, `throws TypeError`, `works`, `untold`. */
  readonly verdict: string;
}

const WORDS: Readonly<Record<string, string>> = { 检查: 'found', 报错: 'throws', 照写: 'works', 不报: 'untold' };

function linesOf(file: string): Line[] {
  const text = readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');
  return text.split('\n').flatMap((line): Line[] => {
    const cells = line.split(/(?<!\\)\|/u).map((cell) => cell.trim().replaceAll('\\|', '|'));
    const [, id = '', python = '', typescript = '', literally = ''] = cells;
    if (cells.length !== 6 || !/^`[a-z-]+`$/u.test(id)) return [];
    const [, word = '', code] = /^\*\*(\S+)\*\*(?: `(\w+)`)?/u.exec(literally) ?? [];
    const verdict = [WORDS[word] ?? word, ...(code === undefined ? [] : [code])].join(' ');
    return [{ id: id.slice(1, -1), python, typescript, verdict }];
  });
}

function verdictOf({ found, throws, untold }: Case): string {
  if (found !== undefined) return `found ${found[0]}`;
  if (throws !== undefined) return `throws ${throws[0]}`;
  return untold === undefined ? 'works' : 'untold';
}

function nameOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof BtError ? error.code : error instanceof Error ? error.name : String(error);
  }
  return 'nothing was thrown';
}

const LINES = linesOf('porting.md');

describe('docs/porting.md', () => {
  test('has a case for each line, a line for each case, and the same lines in both languages', () => {
    expect(LINES.length).toBeGreaterThan(80);
    expect(LINES.map(({ id }) => id)).toEqual([...new Set(LINES.map(({ id }) => id))]);
    expect(LINES.map(({ id }) => id).toSorted()).toEqual([...CASES.keys()].toSorted());
    expect(linesOf('porting.zh-CN.md')).toEqual(LINES);
  });

  test.each(LINES)('$id: what is to be written is TypeScript', ({ typescript }) => {
    const pieces = Array.from(typescript.matchAll(/(`+)(.+?)\1/gu), ([, , piece = '']) => piece.trim());
    expect(pieces.length).toBeGreaterThan(0);
    for (const piece of pieces) expect(parseSync('main.ts', piece).errors, piece).toEqual([]);
  });

  test.each(LINES)('$id: $python is $verdict', async ({ id, verdict }) => {
    const claim = CASES.get(id) ?? {};
    expect(verdictOf(claim)).toBe(verdict);
    expect(claim.here ?? claim.also).toBeDefined();
    const known = Object.keys(scopeOf().names);
    for (const [text, value] of Object.entries(claim.here ?? {})) {
      expect(codesIn(sourceOf(text), known), text).toEqual([]);
      expect(valueOf(text, scopeOf().names), text).toEqual(value);
    }
    const { found, throws, untold } = claim;
    if (found !== undefined) expect(codesIn(found[1], known)).toContain(found[0]);
    if (throws !== undefined) expect(nameOf(() => valueOf(throws[1], scopeOf().names))).toBe(throws[0]);
    if (untold !== undefined) {
      expect(codesIn(sourceOf(untold[0]), known)).toEqual([]);
      expect(valueOf(untold[0], scopeOf().names)).toEqual(untold[1]);
    }
    await claim.also?.(scopeOf().host);
  });
});

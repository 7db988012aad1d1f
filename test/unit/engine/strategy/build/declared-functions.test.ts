import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { declaredFunctions } from '../../../../../src/engine/strategy/build/declared-functions.ts';

const names = (source: string): string[] => declaredFunctions(parseSync('a.ts', source));

describe('declaredFunctions', () => {
  test.each([
    ['function buy(context) {}', ['buy']],
    ['async function buy(context) {}', ['buy']],
    ['export function buy(context) {}', ['buy']],
    ['export default function initialize(context) {}', ['initialize']],
    ['const buy = (context) => {}, limit = 5, sell = function (context) {};', ['buy', 'sell']],
    ['export const buy = ((context: unknown) => {}) as Hook;', ['buy']],
    ['const buy = ((context) => {}) satisfies Hook; let sell = <Hook>((context) => {});', ['buy', 'sell']],
    ['function 买入(context) {}', ['买入']],
    ['function f(a: string): void; function f(a: number): void; function f(a: unknown) {}', ['f']],
  ])('finds those of %s', (source, expected) => {
    expect(names(source)).toEqual(expected);
  });

  test.each([
    'export default (context) => {};',
    'export default function (context) {}',
    'class Strategy { initialize(context) {} }',
    'function_of(() => {});',
    '{ function inner() {} }',
    'declare function buy(context: unknown): void;',
    'const buy = make();',
    'const { buy } = tasks;',
    'import { buy } from "./tasks";',
    'interface Buy { (context: unknown): void }',
  ])('finds none in %s', (source) => {
    expect(names(source)).toEqual([]);
  });
});

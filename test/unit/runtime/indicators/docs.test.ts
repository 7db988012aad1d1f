import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { talibSpecs } from '../../../../runtime/indicators/talib/define.ts';
import '../../../../runtime/indicators/talib/index.ts';
import { indicatorSpecs } from '../../../../runtime/indicators/technical/define.ts';
import { partSpecs } from '../../../../runtime/optimizer/parts.ts';
import { FORMULAS_191 } from '../../../../runtime/indicators/alpha/formulas-191.ts';
import { LIBRARY_NAMES } from '../../../../runtime/libraries/names.ts';
import { PYTHON_MODULES } from '../../../../runtime/libraries/python-names.ts';
import '../../../../runtime/libraries/technical-analysis.ts';
import { stats } from '../../../../runtime/stats/index.ts';

const documents = ['indicators.md', 'indicators.zh-CN.md'].map(
  (name) => [name, readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8')] as const,
);

function signature(
  name: string,
  before: readonly string[],
  numbers: readonly string[],
  outputs: readonly string[],
): string {
  return `${name}(${[...before, ...numbers].join(', ')}) → ${outputs.join(', ')}`;
}

describe.each(documents)('%s', (_name, text) => {
  const lines = new Set(text.split('\n'));

  test('has every function of talib with its inputs, defaults and results', () => {
    for (const { name, inputs, options, outputs } of talibSpecs()) {
      const numbers = options.map((option) => `${option.name}=${option.fallback}`);
      expect(lines).toContain(signature(name, inputs, numbers, outputs));
    }
  });

  test('has every indicator of jqlib with its numbers and results', () => {
    for (const { name, index, params, outputs } of indicatorSpecs()) {
      const before = [...(index ? ['index_stock'] : []), 'security_list', 'check_date'];
      const numbers = Object.entries(params).map(([key, value]) => `${key}=${value}`);
      expect(lines).toContain(signature(name, before, numbers, outputs));
    }
  });

  test('has every part of the optimizer with its arguments and defaults', () => {
    for (const { name, args } of partSpecs()) {
      const shown = Object.entries(args).map(([key, { fallback }]) =>
        fallback === null ? key : `${key}=${fallback.value === null ? 'None' : JSON.stringify(fallback.value)}`,
      );
      expect(lines).toContain(`${name}(${shown.join(', ')})`);
    }
  });

  test('names what of alpha191 is refused and what takes a benchmark, and no other', () => {
    const section = text.split('## jqlib.alpha191')[1]?.split('\n## ')[0] ?? '';
    const numbers = FORMULAS_191.map((formula, i) => [i + 1, formula] as const);
    const listed = (of: readonly (readonly [number, string | null])[]): string =>
      of.map(([number]) => `\`${number === of[0]?.[0] ? 'alpha_' : ''}${String(number).padStart(3, '0')}\``).join('');
    const plain = section.replaceAll(/, |、| and /gu, '');
    expect(plain).toContain(listed(numbers.filter(([, formula]) => formula === null)));
    expect(plain).toContain(listed(numbers.filter(([, formula]) => formula?.includes('index_') === true)));
  });

  test('names everything that a library exports, and everything of stats', () => {
    const words = new Set(text.match(/\w+/g));
    const own = Object.entries(LIBRARY_NAMES).filter(([library]) => !(library in PYTHON_MODULES));
    const served = own.filter(([library]) => !library.includes('alpha'));
    for (const [, names] of served) for (const name of names) expect(words).toContain(name);
    for (const name of Object.keys(stats)) expect(words).toContain(name);
    for (const [library] of own) expect(text).toMatch(new RegExp(library.replace('.', '[./]')));
  });
});

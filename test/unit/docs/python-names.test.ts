import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { INSTEAD as PACKAGES } from '../../../src/engine/strategy/build/python-packages.ts';
import { linalg } from '../../../runtime/numpy/linear.ts';
import { random } from '../../../runtime/numpy/random.ts';
import { AMBIENT_LIBRARIES, PYTHON_MODULES } from '../../../runtime/libraries/python-names.ts';

describe.each(['python-names.md', 'python-names.zh-CN.md'])('docs/%s', (file) => {
  const text = readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');
  const words = new Set(text.match(/\w+/gu));

  test.each(Object.entries(PYTHON_MODULES))('names everything of %s', (library, names) => {
    expect(text).toContain(library);
    expect(names.filter((name) => !words.has(name))).toEqual([]);
  });

  test('names what is there without an import, and the parts of np.linalg and np.random', () => {
    const parts = [...Object.keys(AMBIENT_LIBRARIES), ...Object.keys(linalg), ...Object.keys(random)];
    expect(parts.filter((name) => !words.has(name))).toEqual([]);
  });
});

test('what is told of a package of Python names no package that is served', () => {
  const served = Object.keys(PYTHON_MODULES);
  expect(Object.keys(PACKAGES).filter((name) => served.includes(name))).toEqual([]);
});

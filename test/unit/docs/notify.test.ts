import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { VARIABLES } from '../../../src/notify/settings/variables.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe.each(['docs/notify.md', 'docs/notify.zh-CN.md'])('%s', (path) => {
  test('names every variable there is, and no other', () => {
    const named = new Set(read(path).match(/\bNOTIFY_[A-Z_]+\b/gu));
    expect([...named].toSorted()).toEqual(Object.keys(VARIABLES).toSorted());
  });
});

test.each(['README.md', 'README.zh-CN.md', '.env', 'src/cli/init-settings.ts'])(
  '%s names only variables there are',
  (path) => {
    const named = read(path).match(/\bNOTIFY_[A-Z_]*[A-Z]\b/gu) ?? [];
    expect(named.filter((name) => !(name in VARIABLES))).toEqual([]);
    expect(named).not.toEqual([]);
  },
);

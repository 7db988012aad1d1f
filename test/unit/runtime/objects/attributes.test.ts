import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FOREIGN_ATTRIBUTES, nearHint } from '../../../../runtime/objects/attributes.ts';

test('Python suggests the same names for those of other platforms', () => {
  const path = new URL('../../../../runtime/python/bt_python/objects.py', import.meta.url);
  const [, table = ''] = /^FOREIGN = \{\n(.*?)^\}/msu.exec(readFileSync(path, 'utf8')) ?? [];
  const pairs = Array.from(table.matchAll(/'(\w+)': (\[[^\]]*\])/gu), ([, name = '', names = '']) => [
    name,
    JSON.parse(names.replaceAll("'", '"')) as unknown,
  ]);
  expect(pairs).toEqual([...FOREIGN_ATTRIBUTES]);
});

test('a name of another platform stands for one that the object has', () => {
  expect(nearHint('last_sale_price', ['price', 'value'])).toBe(" Did you mean 'price'?");
  expect(nearHint('last_sale_price', ['high', 'last_price'])).toBe(" Did you mean 'last_price'?");
  expect(nearHint('last_sale_price', ['close'])).toBe('');
});

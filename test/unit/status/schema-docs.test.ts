import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { INSTANCE_STATUS } from '../../../src/status/schema.ts';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** `orders[].history[].at`, for every member at whatever depth. */
function membersOf(schema: Schema, path: string): string[] {
  const { properties, items } = schema;
  const ways = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((way) => membersOf(way, path));
  const own = Object.entries(properties ?? {}).flatMap(([name, inner]) => {
    const member = path === '' ? name : `${path}.${name}`;
    return [inner.type === 'array' ? [] : [member], membersOf(inner, member)].flat();
  });
  const each = items === undefined ? [] : [`${path}[]`, ...membersOf(items, `${path}[]`)];
  return [...new Set([...ways, ...own, ...each])];
}

test.each(['operator.md', 'operator.zh-CN.md'])('docs/%s names every member of the document, and no other', (name) => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs', name), 'utf8');
  const named = [...text.matchAll(/^\| `([\w.[\]]+)` \|/gmu)].map(([, member = '']) => member);
  const members = membersOf(z.toJSONSchema(INSTANCE_STATUS, { unrepresentable: 'any' }) as Schema, '');
  expect(members.length).toBeGreaterThan(100);
  const sorted = (names: readonly string[]): string[] => names.toSorted((a, b) => a.localeCompare(b, 'en'));
  expect(sorted(named)).toEqual(sorted(members));
});

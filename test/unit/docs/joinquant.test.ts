import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseFollowConfig } from '../../../src/follow/config/index.ts';
import { OBJECTS } from '../../../src/follow/config/schema.ts';

const FILES = ['docs/joinquant.md', 'docs/joinquant.zh-CN.md'];
const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** Every name of the configuration with its place; what stands in the place of a secret is told with it. */
const NAMES = Object.entries(OBJECTS)
  .filter(([place]) => place !== 'strategies.passphrase' && place !== 'redis.url')
  .flatMap(([place, fields]) => Object.keys(fields).map((name) => (place === '' ? name : `${place}.${name}`)));

/** Told in the line of the object that they are in. */
const IN_THEIR_OBJECT = new Set([
  'http.tls',
  'strategies',
  ...NAMES.filter((name) => name.startsWith('strategies.requote.')),
]);

describe.each(FILES)('%s', (path) => {
  const text = read(path);

  test('names every name of the configuration, and no other', () => {
    const named = new Set(text.match(/(?<=`)(?:http|redis|strategies)\.[\w.]+(?=`)/gu));
    const wanted = NAMES.filter((name) => name.includes('.') && !IN_THEIR_OBJECT.has(name));
    expect([...named].toSorted()).toEqual(wanted.toSorted());
    for (const name of ['`account`', '`http`', '`redis`', '`files`', '`afterSeconds`', '`times`', '`totalSeconds`'])
      expect(text).toContain(name);
  });

  test('has a configuration that can be read', () => {
    const block = /\n( {7}\{\n[\s\S]*?\n {7}\}\n)/u.exec(text)?.[1] ?? '';
    const config = parseFollowConfig(block, '/x/follow.jsonc', { find: () => ({ value: 'a passphrase of chance 1' }) });
    expect(config.strategies[0]?.rules).toMatchObject({ name: 'small-cap', ratio: 0.5 });
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { loadAssets } from '../../../../src/page/server/assets.ts';
import { startPageWorld } from './page-world.ts';

/** What a browser is to load at most, compressed. */
const MOST_BYTES = 150_000;
const CLIENT = fileURLToPath(new URL('../../../../src/page/client/', import.meta.url));

describe('the files of the page', () => {
  test('are small', async () => {
    const assets = [...(await loadAssets()).values()];
    const sizes = assets.map(({ body }) => gzipSync(body).length);
    expect(sizes).toHaveLength(4);
    expect(Math.min(...sizes)).toBeGreaterThan(100);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
  });

  test('name nothing outside but the names of XML', async () => {
    for (const { body } of (await loadAssets()).values()) {
      const addresses = [...body.matchAll(/(?:https?:)?\/\/[\w.-]+\.\w+[^\s'"`)]*/gu)].map(([address]) => address);
      expect(addresses.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
    }
  });

  test('are not sent again while they are the same', async () => {
    const world = await startPageWorld();
    const { headers } = await world.ask('/page.js');
    const again = await world.ask('/page.js', { headers: { 'If-None-Match': String(headers.etag) } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('write no HTML: every text stays text', () => {
    const sources = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/u.test(name));
    expect(sources.length).toBeGreaterThan(20);
    for (const name of sources) {
      expect(readFileSync(join(CLIENT, name), 'utf8'), name).not.toMatch(
        /innerHTML|outerHTML|insertAdjacent|document\.write|createContextualFragment|DOMParser|\beval\b|new Function/iu,
      );
    }
  });
});

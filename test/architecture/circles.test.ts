import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { circles } from './circles.ts';
import { importArrows } from './imports.ts';
import { visits } from './syntax.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Folders in which no file may lead back to itself: whoever reads one of them needs only what stands below it. */
const FOLDERS = ['src/domain', 'src/exchange', 'src/net', 'src/protocol', 'src/server'];

function arrowsOf(folder: string): [string, string[]][] {
  return readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .map((path) => {
      const arrows = importArrows(path, visits({ path, text: readFileSync(ROOT + path, 'utf8') }));
      return [path, arrows.flatMap(({ target }) => (target === null ? [] : [target]))];
    });
}

test('no file of these folders imports itself by a detour, be it for a type', () => {
  const arrows = new Map(FOLDERS.flatMap(arrowsOf));
  expect(arrows.size).toBeGreaterThan(100);
  expect(circles(arrows)).toEqual([]);
});

test('a circle is found, whatever leads into it and out of it', () => {
  const arrows = { a: ['b', 'x'], b: ['c', 'node:fs'], c: ['b', 'd'], d: [], e: ['e'], f: ['a', 'e'] };
  expect(circles(new Map(Object.entries(arrows)))).toEqual([['b', 'c'], ['e']]);
  expect(circles(new Map(Object.entries({ a: ['b'], b: ['c'], c: [] })))).toEqual([]);
});

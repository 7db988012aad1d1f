import { describe, expect, test } from 'vitest';
import { circlesOf } from './circles.ts';
import { KNOWN_CIRCLES } from './known-circles.ts';
import { sources } from './sources.ts';

/** `runtime`, or the part of `src` that a file belongs to. */
function folderOf(path: string): string {
  return /^src\/[^/]+/u.exec(path)?.[0] ?? path.slice(0, path.indexOf('/'));
}

describe('circles of imports', () => {
  const circles = circlesOf(sources());
  const inCircles = (folder: string): string[] => circles.flat().filter((path) => folderOf(path) === folder);

  test('are nowhere but where they are known, and there they only shrink', () => {
    const grown = circles.filter((circle) =>
      circle.some((path) => inCircles(folderOf(path)).length > (KNOWN_CIRCLES[folderOf(path)] ?? 0)),
    );
    expect(grown).toEqual([]);
  });

  test('are known of no folder that has none any more, and never of runtime', () => {
    const idle = Object.keys(KNOWN_CIRCLES).filter((folder) => inCircles(folder).length === 0);
    expect(idle).toEqual([]);
    expect(Object.keys(KNOWN_CIRCLES).filter((folder) => !folder.startsWith('src/'))).toEqual([]);
  });
});

describe('a circle is found', () => {
  const found = (files: Readonly<Record<string, string>>): string[][] =>
    circlesOf(Object.entries(files).map(([path, text]) => ({ path: `src/${path}`, text })));

  test('of two files, by whatever kind of import', () => {
    const ways = [
      `import { x } from './a.ts';`,
      `import './a.ts';`,
      `import type { X } from './a.ts';`,
      `import { type X } from './a.ts';`,
      `export * from './a.ts';`,
      `export type { X } from './a.ts';`,
      `let x: import('./a.ts').X;`,
      `await import('./a.ts');`,
      `new Worker(new URL('./a.ts', import.meta.url));`,
    ];
    for (const way of ways) {
      expect(found({ 'a.ts': `import { y } from './b.ts';`, 'b.ts': way }), way).toEqual([['src/a.ts', 'src/b.ts']]);
    }
  });

  test('of a file with itself', () => {
    expect(found({ 'a.ts': `import { x } from './a.ts';` })).toEqual([['src/a.ts']]);
  });

  test('of many, without those who only lead in or out', () => {
    const files = {
      'in.ts': `import './a.ts';`,
      'a.ts': `import './b.ts'; import './out.ts';`,
      'b.ts': `import './deep/c.ts';`,
      'deep/c.ts': `import '../a.ts';`,
      'out.ts': `import './further.ts';`,
      'further.ts': ``,
    };
    expect(found(files)).toEqual([['src/a.ts', 'src/b.ts', 'src/deep/c.ts']]);
  });

  test('apart from another one that it leads to, the larger one first', () => {
    const files = {
      'a.ts': `import './b.ts'; import './c.ts';`,
      'b.ts': `import './a.ts';`,
      'c.ts': `import './d.ts';`,
      'd.ts': `import './e.ts';`,
      'e.ts': `import './c.ts';`,
    };
    expect(found(files)).toEqual([
      ['src/c.ts', 'src/d.ts', 'src/e.ts'],
      ['src/a.ts', 'src/b.ts'],
    ]);
  });
});

test('two ways to one file are no circle', () => {
  const files = [
    { path: 'src/a.ts', text: `import './b.ts'; import './c.ts';` },
    { path: 'src/b.ts', text: `import './d.ts'; import { readFile } from 'node:fs';` },
    { path: 'src/c.ts', text: `import './d.ts'; import './not-there.ts';` },
    { path: 'src/d.ts', text: `` },
  ];
  expect(circlesOf(files)).toEqual([]);
});

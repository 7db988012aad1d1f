import { importArrows } from './imports.ts';
import { visits } from './syntax.ts';
import type { SourceFile } from './syntax.ts';

/** Project files by their path, each with those that it imports. */
type Arrows = ReadonlyMap<string, readonly string[]>;

/**
 * Circles of imports, the largest first: each is a set of files that all need one another. An import of types only counts
 * as well: Node does not follow it, but whoever reads one file of such a circle has to know them all. `declare module` is no
 * import: it adds to a file that can be read without it.
 */
export function circlesOf(files: readonly SourceFile[]): string[][] {
  const arrows = arrowsOf(files);
  const back = reversed(arrows);
  const circles: string[][] = [];
  // Kosaraju: whoever is left last comes first, and what leads back to it belongs to it.
  const placed = new Set<string>();
  for (const path of postOrder(arrows.keys(), arrows, new Set()).toReversed()) {
    const circle = postOrder([path], back, placed);
    const itself = circle.includes(path) && arrows.get(path)?.includes(path) === true;
    if (circle.length > 1 || itself) circles.push(circle.toSorted());
  }
  return circles.toSorted((a, b) => b.length - a.length);
}

function arrowsOf(files: readonly SourceFile[]): Arrows {
  const known = new Set(files.map(({ path }) => path));
  return new Map(
    files.map((file) => {
      const targets = importArrows(file.path, visits(file)).map(({ target }) => target ?? '');
      return [file.path, [...new Set(targets)].filter((target) => known.has(target))];
    }),
  );
}

function reversed(arrows: Arrows): Arrows {
  const back = new Map([...arrows.keys()].map((path): [string, string[]] => [path, []]));
  for (const [path, targets] of arrows) for (const target of targets) back.get(target)?.push(path);
  return back;
}

/** What is reached from here and was not `seen` before, each after all that it leads to. */
function postOrder(from: Iterable<string>, arrows: Arrows, seen: Set<string>): string[] {
  const left: string[] = [];
  for (const path of from) {
    if (seen.has(path)) continue;
    seen.add(path);
    left.push(...postOrder(arrows.get(path) ?? [], arrows, seen), path);
  }
  return left;
}

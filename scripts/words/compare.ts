import type { FoundText } from './extract.ts';

/** What a catalog lacks, by the catalog's name. */
export interface Lacks {
  /** Texts without Chinese, in the order of the source. */
  readonly missing: Readonly<Record<string, readonly string[]>>;
  /** Chinese without its text in the source. */
  readonly orphans: Readonly<Record<string, readonly string[]>>;
  /** Texts that do not have the same places in both languages, or whose Chinese is empty. */
  readonly unequal: Readonly<Record<string, readonly string[]>>;
}

export type Catalogs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Holds the source's texts against the catalogs. A catalog may be the wrong one for none of its texts. */
export function compare(texts: ReadonlyMap<string, readonly FoundText[]>, catalogs: Catalogs): Lacks {
  const wanted = [...texts].map(([name, found]) => [name, found.map((each) => each.template)] as const);
  const missing = wanted.map(
    ([name, keys]) => [name, keys.filter((key) => !Object.hasOwn(catalogs[name] ?? {}, key))] as const,
  );
  const orphans = Object.entries(catalogs).map(([name, catalog]) => {
    const known = new Set(wanted.find(([each]) => each === name)?.[1]);
    return [name, Object.keys(catalog).filter((key) => !known.has(key))] as const;
  });
  const unequal = Object.entries(catalogs).map(([name, catalog]) => {
    const wrong = Object.entries(catalog).filter(
      ([key, chinese]) => chinese.trim() === '' || places(key) !== places(chinese),
    );
    return [name, wrong.map(([key]) => key)] as const;
  });
  return { missing: filled(missing), orphans: filled(orphans), unequal: filled(unequal) };
}

function places(text: string): string {
  return [...text.matchAll(/\{\d+\}/gu)]
    .map(([place]) => place)
    .toSorted()
    .join(' ');
}

function filled(lists: readonly (readonly [string, readonly string[]])[]): Record<string, readonly string[]> {
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}

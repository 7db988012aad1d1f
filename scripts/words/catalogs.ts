import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { basename, join } from 'node:path';
import { textsOf, type FoundText } from './extract.ts';
import { NO_PROSE_TEXTS } from './no-prose-texts.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Files whose texts no person reads in the terminal, on the page or in a message; each with its reason. */
export const SILENT: readonly { readonly path: RegExp; readonly reason: string }[] = [
  { path: /^src\/page\/client\//u, reason: 'it has its own words, held to each other by a test' },
  { path: /^src\/words\//u, reason: 'the catalogs themselves' },
  { path: /^src\/domain\/words\//u, reason: 'terms stand in both languages' },
  {
    path: /^src\/report\/(?:words|style|markup|page)\.ts$/u,
    reason: 'words stand in both languages; style and markup',
  },
  { path: /^src\/domain\/data\/catalogue\//u, reason: 'names of columns for the documents, which have both languages' },
  {
    path: /\/(?:schema|schemas|[\w-]+-schemas|[\w-]+-schema|schema-[\w-]+)\.ts$/u,
    reason: 'SQL, or the schema of an interface',
  },
  { path: /^src\/server\/http\/api\//u, reason: 'the description of an interface for programs' },
  { path: /^src\/metrics\/(?:signal-)?instruments\.ts$/u, reason: 'metrics are for programs' },
  { path: /^src\/exchange\/(?:universe|company)\//u, reason: 'rows of data' },
  { path: /^src\/exchange\/listing\.ts$/u, reason: 'rows of data' },
  { path: /^src\/cli\/(?:init-strategy|completion-script)\.ts$/u, reason: 'code that is written out' },
  { path: /^src\/ledger\/(?:[\w-]+-store|own-shares)\.ts$/u, reason: 'SQL' },
  { path: /^runtime\/indicators\/alpha\/(?:formulas(?:-191)?|parts-191|spelled)\.ts$/u, reason: 'formulas' },
  { path: /^runtime\/objects\/frame\/signatures\//u, reason: 'argument lists' },
  { path: /^runtime\/libraries\/(?:names|python-names)\.ts$/u, reason: 'lists of names' },
];

/** Every text of the project, by the catalog that holds it, in a stable order; a text of several catalogs stands in the first. */
export function textsByCatalog(): Map<string, FoundText[]> {
  const catalogs = new Map<string, FoundText[]>();
  const seen = new Set<string>(NO_PROSE_TEXTS);
  for (const path of sourcePaths()) {
    for (const found of textsIn(path)) {
      if (seen.has(found.template)) continue;
      seen.add(found.template);
      const name = catalogOf(path);
      catalogs.set(name, [...(catalogs.get(name) ?? []), found]);
    }
  }
  return catalogs;
}

/** Of what was named as no prose: what is in the sources no more. */
export function oldNoProse(): string[] {
  const found = new Set(sourcePaths().flatMap((path) => textsIn(path).map(({ template }) => template)));
  return [...NO_PROSE_TEXTS].filter((text) => !found.has(text));
}

function textsIn(path: string): FoundText[] {
  return textsOf({ path, text: readFileSync(join(ROOT, path), 'utf8') });
}

function sourcePaths(): string[] {
  return globSync(['src/**/*.{ts,tsx}', 'runtime/**/*.ts'], { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.endsWith('.d.ts') && !SILENT.some((each) => each.path.test(path)))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

/** `src/cli/x.ts` → `cli`; the runtime's objects, of which there are many, by themselves. */
export function catalogOf(path: string): string {
  if (path.startsWith('runtime/objects/')) return 'runtime-objects';
  return /^(?:src\/)?([^/]+)\//u.exec(path)?.[1] ?? 'other';
}

/** Catalogs whose texts are not in the sources: single words, and what libraries and the system say. */
const OTHERS = new Set(['words', 'libraries']);

/** The catalogs that are held to the sources, as they stand. */
export function readCatalogs(): Record<string, Record<string, string>> {
  const catalogs: Record<string, Record<string, string>> = {};
  for (const path of globSync('src/words/zh/*.json', { cwd: ROOT }).toSorted()) {
    const name = basename(path, '.json');
    if (OTHERS.has(name)) continue;
    catalogs[name] = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Record<string, string>;
  }
  return catalogs;
}

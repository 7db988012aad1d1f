import { readFileSync, writeFileSync } from 'node:fs';
import { withDataTables } from './data-docs/page.ts';

// Writes the tables of names and of data functions into README.md and README.zh-CN.md, from the definitions.
for (const [language, name] of [
  ['en', 'README.md'],
  ['zh', 'README.zh-CN.md'],
] as const) {
  const file = new URL(`../${name}`, import.meta.url);
  writeFileSync(file, withDataTables(readFileSync(file, 'utf8'), language));
}

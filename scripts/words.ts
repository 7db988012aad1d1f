import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalogs, textsByCatalog } from './words/catalogs.ts';
import { compare } from './words/compare.ts';

// Says what the catalogs of Chinese texts lack; with a folder writes the English templates of each catalog there.
const texts = textsByCatalog();
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  const lacks = compare(texts, readCatalogs());
  process.stdout.write(`${JSON.stringify(lacks, null, 2)}\n`);
} else {
  for (const [name, found] of texts) {
    const templates = found.map((each) => each.template);
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(templates, null, 2)}\n`);
  }
}

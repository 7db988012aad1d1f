import { writeFileSync } from 'node:fs';
import { tablePage } from './table-docs/page.ts';

// Writes docs/tables.md and docs/tables.zh-CN.md from the definitions in table-docs/.
writeFileSync(new URL('../docs/tables.md', import.meta.url), tablePage('en'));
writeFileSync(new URL('../docs/tables.zh-CN.md', import.meta.url), tablePage('zh'));

import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { API_NAMES } from '../runtime/api/names.ts';
import { UNSUPPORTED } from '../runtime/api/unsupported.ts';
import { apiUses } from '../src/engine/strategy/check/api-uses.ts';
import { checkSource } from '../src/engine/strategy/check/check-source.ts';

// A start looks through its strategy once, with code that has not run before: each reading is a process of its own. Prints CPU ms.
const [file = ''] = process.argv.slice(2);
const known = { api: new Set<string>(API_NAMES), unsupported: UNSUPPORTED };
const before = process.cpuUsage();
const source = readFileSync(file, 'utf8');
const parsed = parseSync(file, source);
const found = checkSource(parsed, source, apiUses(parsed, source, known.api), known);
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ ms: (user + system) / 1000, found: found.length }));

import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

// Start-up allocates much and keeps little: without this the young generation stays at its largest for the whole run (13 MB).
setFlagsFromString('--semi-space-growth-factor=1');
// Node strips types with WebAssembly, in every thread that loads sources. V8 then frees compiled code it has already forgotten
// ("Check failed: jit_page.has_value()", V8 13.6) and the process dies, seldom: it keeps that code instead.
setFlagsFromString('--no-wasm-code-gc');

const source = new URL('../cli/main.ts', import.meta.url);
const built = new URL('../../dist/main.js', import.meta.url);
const { main } = await import(existsSync(source) ? source.href : built.href);
await main(process.argv.slice(2));

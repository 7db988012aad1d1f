import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Where a checkout keeps its sources as Node compiled them: stripping their types takes four times as long as all the rest of the start. */
const CACHE = new URL('../../../../node_modules/.cache/bt-strategy', import.meta.url);
const inCheckout = import.meta.url.endsWith('.ts');

if (inCheckout) enableCompileCache(fileURLToPath(CACHE));
const { main } = await import('./main.ts');
await main();
if (inCheckout) flushCompileCache(); // this process ends by being killed

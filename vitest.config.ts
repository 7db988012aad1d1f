import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

export default defineConfig({
  resolve: { alias: { jqdata: fileURLToPath(new URL('./runtime/index.ts', import.meta.url)) } },
  test: {
    env: { BT_LANG: 'en' },
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Threads that strip types die of a fault of V8 otherwise, seldom; see src/bin/entry.js.
    execArgv: ['--no-wasm-code-gc'],
  },
});

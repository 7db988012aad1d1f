import type { Rule } from './law.ts';

/** A named breach of the law, with the reason why it stays. One that is no longer needed fails the test. */
export interface Exception {
  readonly rule: Rule;
  readonly path: string;
  /** The function, module or global concerned, as the violation's `subject`. */
  readonly subject: string;
  readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    rule: 'ban',
    path: 'runtime/numpy/random.ts',
    subject: 'Math.random',
    reason: "in the strategy's process it is the strategy's own chance, which the engine seeds and records",
  },
  {
    rule: 'computed-import',
    path: 'src/engine/strategy/child/javascript-code.ts',
    subject: 'import',
    reason: "loads the author's strategy, in the strategy's own process",
  },
  {
    rule: 'ban',
    path: 'src/engine/strategy/child/strategy-console.ts',
    subject: 'console',
    reason: "in the strategy's process a strategy's console becomes a log of the engine",
  },
  {
    rule: 'computed-import',
    path: 'src/bin/entry.js',
    subject: 'import',
    reason: 'chooses between the sources of a checkout and the built package',
  },
  {
    rule: 'import',
    path: 'src/bin/entry.js',
    subject: 'dist/main.js',
    reason: 'the built form of src/cli/main.ts, the only code of the published package',
  },
  {
    rule: 'ban',
    path: 'src/bin/ensure-installed.cjs',
    subject: 'process.env',
    reason: 'runs before any package is installed, on any Node: it cannot import platform/',
  },
];

// The module `jqlib` of a strategy: `import { technical_analysis } from 'jqlib'`.
export * as alpha101 from './alpha101.ts';
export * as alpha191 from './alpha191.ts';
export * as optimizer from './optimizer.ts';
export * as technical_analysis from './technical-analysis.ts';

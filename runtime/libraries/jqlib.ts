// The module `jqlib` of a strategy: `import { technical_analysis } from 'jqlib'`.
export * as technical_analysis from './technical-analysis.ts';

// The module `jqlib.technical_analysis` of a strategy.
export * from '../indicators/technical/index.ts';

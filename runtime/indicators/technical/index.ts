// `jqlib.technical_analysis`: its functions under JoinQuant's names.
export * from './averages.ts';
export * from './energy.ts';
export * from './extra.ts';
export * from './others.ts';
export * from './overbought.ts';
export * from './systems.ts';
export * from './trend.ts';

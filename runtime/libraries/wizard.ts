// The module `kuanke.wizard` of a strategy.
export * from '../wizard/index.ts';

// The module `python` of a strategy: Python's builtins, which are there without an import too.
export { print } from '../api/log.ts';
export { fmt, has, len, sorted } from '../objects/frame/helpers.ts';
export { slice } from '../objects/frame/slice.ts';
export * from '../builtins/index.ts';

// Python's builtins: the module `python` of a strategy, and names that are there without an import.
export { abs, divmod, float, floordiv, format, int, mod, pow, repr, round, str } from './numbers.ts';
export { getattr, hasattr, isinstance, setattr, type } from './kinds.ts';
export { dict, enumerate, filter, iter, list, map, next, range, reversed, set, tuple, zip } from './sequences.ts';
export { all, any, max, min, sum } from './totals.ts';
export { bool } from './truth.ts';

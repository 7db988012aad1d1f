/**
 * What a bundle finds on globalThis, under versioned names because bundle and runtime are different module instances:
 * the exports of `jqdata`, the function through which each file tells its declared functions, and the one that loads a library.
 */
export const RUNTIME_KEY = 'bt-live.jqdata.v1';
export const DECLARE_KEY = 'bt-live.declare.v1';
/** `(name of a library) → promise of its exports`. */
export const LIBRARY_KEY = 'bt-live.library.v1';

/** `(module path, its declared functions by name)`. */
export type Declare = (module: string, functions: Readonly<Record<string, unknown>>) => void;

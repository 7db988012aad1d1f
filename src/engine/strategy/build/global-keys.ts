/**
 * What a bundle finds on globalThis, under versioned names because bundle and runtime are different module instances:
 * the exports of `jqdata`, and the function through which each file tells its declared functions.
 */
export const RUNTIME_KEY = 'bt-live.jqdata.v1';
export const DECLARE_KEY = 'bt-live.declare.v1';

/** `(module path, its declared functions by name)`. */
export type Declare = (module: string, functions: Readonly<Record<string, unknown>>) => void;

import { BtError } from '../../../src/domain/errors.ts';

/** The BtError that `run` throws; fails the test when it throws nothing or anything else. */
export function codeOf(run: () => unknown): BtError {
  try {
    run();
  } catch (error) {
    if (error instanceof BtError) return error;
    throw new Error('expected a BtError', { cause: error });
  }
  throw new Error('expected an error, none was thrown');
}

/** The function as untyped JavaScript calls it. */
export function untyped(fn: unknown): (...values: readonly unknown[]) => unknown {
  if (typeof fn !== 'function') throw new Error('expected a function');
  return (...values) => Reflect.apply(fn, undefined, [...values]) as unknown;
}

/** What a template writes of it. */
export function inText(value: unknown): string {
  return ['', value as string].join('');
}

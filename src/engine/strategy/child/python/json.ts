/** What a message is made of; what JSON lacks is an object with a key `$` that says its kind. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The key of a tagged value. */
export const TAG = '$';

/** Milliseconds of a time that is missing, as numpy's. */
export const NO_TIME = -(2n ** 63n);

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

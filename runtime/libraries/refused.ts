import { refusal } from '../refusal.ts';

const ALPHAS =
  "Its formulas were published with misprints, and nothing says which JoinQuant calculates. Write the one you mean as a Factor and calculate it with calc_factors(): import { Factor } from 'jqfactor'.";
const ADVICE: Readonly<Record<string, string>> = {
  'jqlib.alpha191': ALPHAS,
};

/** True for a library that is known by name only. */
export function isRefusedLibrary(library: string): boolean {
  return Object.hasOwn(ADVICE, library);
}

/** A library whose names are known and whose functions only say that they are not served. */
export function refusedLibrary(library: string, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map((name) => [name, refusal(name, ADVICE[library] ?? '', `${library}.${name}`)]));
}

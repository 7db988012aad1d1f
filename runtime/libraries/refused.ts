import { BtError } from '../../src/domain/errors.ts';

const ALPHAS = "Write the formula as a Factor and calculate it with calc_factors(): import { Factor } from 'jqfactor'.";
const OPTIMIZER = 'Weigh the securities yourself, equally or by what get_price() says of their risk.';
const ADVICE: Readonly<Record<string, string>> = {
  'jqlib.alpha101': ALPHAS,
  'jqlib.alpha191': ALPHAS,
  'jqlib.optimizer': OPTIMIZER,
};

/** A library whose names are known and whose functions only say that they are not served. */
export function refusedLibrary(library: string, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map((name) => [name, refusal(library, name)]));
}

function refusal(library: string, name: string): unknown {
  // A function declaration, because `new Bound(…)` must meet the same words.
  function refuse(): never {
    throw new BtError('UNSUPPORTED', `${library}.${name} is not supported. ${ADVICE[library] ?? ''}`, {
      fault: 'strategy',
    });
  }
  Object.defineProperty(refuse, 'name', { value: name });
  return refuse;
}

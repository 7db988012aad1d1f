import { BtError } from '../../../src/domain/errors.ts';
import { difference } from '../compare.ts';
import { evaluate, isError } from '../evaluate.ts';
import type { Case, Tagged } from '../value.ts';

/** A chain of chains.py: a case whose inputs are those of its world. */
interface Chain extends Omit<Case, 'id'> {
  readonly world: number;
}

/** What chains.py writes. */
export interface Chains {
  readonly pandas: string;
  readonly seed: number;
  readonly worlds: readonly Readonly<Record<string, Tagged>>[];
  readonly cases: readonly Chain[];
}

/** Windows of pandas 1.5 add and take off; what that loses is its own. */
const LAST_DIGITS = 1e-7;

/** How ours ends where pandas gives a value, or fails. */
export interface Verdicts {
  /** The same, or both refuse. */
  same: number;
  /** Ours raises an error of ours. */
  readonly raised: string[];
  /** Ours raises an error that is no BtError. */
  readonly crashed: string[];
  /** Another value: what must not be. */
  readonly different: string[];
  /** pandas refuses, ours gives a value. */
  readonly accepted: string[];
}

/** Functions that give whole numbers for floats make int64 here (README.md): types of numbers are not compared then. */
function numbersAlike(value: Tagged): Tagged {
  return JSON.parse(JSON.stringify(value).replaceAll('"int64"', '"float64"')) as Tagged;
}

/** Evaluates every chain in ours and compares. */
export function compareChains({ worlds, cases }: Chains): Verdicts {
  const verdicts: Verdicts = { same: 0, raised: [], crashed: [], different: [], accepted: [] };
  for (const chain of cases) {
    const told = `${chain.pandas}\n    ${chain.ours}`;
    try {
      const got = evaluate(chain, worlds[chain.world] ?? {});
      const [expected, given] = [numbersAlike(chain.result), numbersAlike(got)];
      const found = isError(chain.result) ? null : difference(expected, given, 'result', LAST_DIGITS);
      if (isError(chain.result)) verdicts.accepted.push(told);
      else if (found === null) verdicts.same += 1;
      else verdicts.different.push(`${told}\n    ${found}`);
    } catch (error) {
      if (isError(chain.result) && error instanceof BtError) verdicts.same += 1;
      else (error instanceof BtError ? verdicts.raised : verdicts.crashed).push(`${told}\n    ${String(error)}`);
    }
  }
  return verdicts;
}

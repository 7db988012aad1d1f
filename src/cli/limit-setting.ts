import { badValue, type Settings } from './settings.ts';

export interface LimitKind {
  /** Of it less than one makes no sense. */
  readonly whole: boolean;
  /** 0 says that there is none, as the reference writes it. */
  readonly zeroIsOff: boolean;
}

/**
 * One limit by its variable, in `bt live` and `bt server` alike. `undefined`: nothing was written; null: it is off. Throws BAD_CONFIG.
 */
export function readLimit(
  settings: Settings,
  variable: string,
  { whole, zeroIsOff }: LimitKind,
): number | null | undefined {
  const given = settings.find({ variables: [variable] });
  if (given === null) return undefined;
  if (/^(?:off|none|no)$/iu.test(given.value)) return null;
  const value = /^\d+(?:\.\d+)?$/u.test(given.value) ? Number(given.value) : Number.NaN;
  if (value === 0 && zeroIsOff) return null;
  if (!(value > 0) || (whole && !Number.isInteger(value)))
    throw badValue(given, `${whole ? 'a whole number' : 'a number'} above 0, or off`);
  return value;
}

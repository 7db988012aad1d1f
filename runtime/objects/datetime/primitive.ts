import { BtError } from '../../../src/domain/errors.ts';

/** Symbol.toPrimitive of dates and spans: numbers for `<`, text for templates, an error for `+` (it would join texts). */
export function noImplicitSum(
  hint: string,
  what: string,
  value: { valueOf(): number; toString(): string },
): number | string {
  if (hint === 'number') return value.valueOf();
  if (hint === 'string') return value.toString();
  throw new BtError('BAD_OPERATOR', `${what} does not work with + or ==: use .add(), .sub() and .eq().`, {
    fault: 'strategy',
  });
}

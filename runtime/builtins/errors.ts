import { BtError } from '../../src/domain/errors.ts';

/** Python's ValueError: `problem` ends with what to write. Code VALUE_ERROR. */
export function valueError(problem: string): BtError {
  return new BtError('VALUE_ERROR', `ValueError: ${problem}`, { fault: 'strategy' });
}

/** Python's TypeError: `problem` ends with what to write. Code TYPE_ERROR. */
export function typeError(problem: string): BtError {
  return new BtError('TYPE_ERROR', `TypeError: ${problem}`, { fault: 'strategy' });
}

import { BtError } from '../../errors.ts';

/** BtError BAD_QUERY; `problem` ends with what to write instead. */
export function badQuery(problem: string): BtError {
  return new BtError('BAD_QUERY', `The query cannot be answered: ${problem}`, { fault: 'strategy' });
}

import { BtError } from '../../../src/domain/errors.ts';
import { pyRepr, pyStr } from '../../text/python-text.ts';
import { nearHint } from '../attributes.ts';
import { speakOnce } from '../speak.ts';

const SHOWN = 12;

/** The first labels of a list, for an error message. */
export function listed(labels: Iterable<unknown>): string {
  const texts: string[] = [];
  for (const label of labels) {
    if (texts.length === SHOWN) return `${texts.join(', ')}, …`;
    texts.push(pyStr(label));
  }
  return texts.length === 0 ? 'nothing' : texts.join(', ');
}

export function unknownColumn(name: unknown, known: Iterable<unknown>, members: readonly string[] = []): BtError {
  const names = Array.from(known, pyStr);
  const near = typeof name === 'string' ? nearHint(name, [...names, ...members]) : '';
  const text = `the table has no column ${pyRepr(name)}; it has: ${listed(names)}.${near} Check the spelling.`;
  return new BtError('UNKNOWN_KEY', text, { fault: 'strategy' });
}

export function unknownLabel(label: unknown, known: Iterable<unknown>): BtError {
  const text = `there is no row called ${pyRepr(label)}; the index has: ${listed(known)}. Look at .index first.`;
  return new BtError('UNKNOWN_LABEL', text, { fault: 'strategy' });
}

/** A table cannot be built or joined like that; `problem` ends with what to do. */
export function badTable(problem: string): BtError {
  return new BtError('BAD_TABLE', problem, { fault: 'strategy' });
}

/** An operation that the cells do not allow, or an operator of the language on a table. */
export function badOperator(problem: string): BtError {
  return new BtError('BAD_OPERATOR', problem, { fault: 'strategy' });
}

/** A position from the front, or from the end when negative; INDEX_OUT_OF_RANGE instead of undefined (it would become NaN money). */
export function positionIn(length: number, position: number, what: string): number {
  const index = position < 0 ? length + position : position;
  if (Number.isInteger(index) && index >= 0 && index < length) return index;
  throw new BtError(
    'INDEX_OUT_OF_RANGE',
    `position ${position} is outside of ${what} with ${length} elements; check .length first.`,
    { fault: 'strategy' },
  );
}

/** Tells once a run, in the strategy's log, how a form that newer pandas dropped is written; silent without a running strategy. */
export function adviseOnce(form: string, instead: string): void {
  try {
    speakOnce(
      `table:${form}`,
      'strategy',
      'warning',
      `${form} 是旧版 pandas 的写法，仍可使用；建议改写为 ${instead}。`,
    );
  } catch {
    // No strategy is running: a test or a script uses the tables on their own.
  }
}

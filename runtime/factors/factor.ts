import { BtError } from '../../src/domain/errors.ts';
import type { Dict } from '../objects/dict.ts';
import type { date } from '../objects/datetime/date.ts';
import type { DataFrame, Series } from '../objects/frame/types.ts';

/** Tables of the dependencies by name: rows are the last `max_window` days, columns the securities. */
export type FactorData = Dict<DataFrame>;

/** What `calc` reads through `_get_extra_data`; set while it runs. */
export interface ExtraData {
  readonly securities: string | readonly string[];
  readonly fields: readonly string[];
}

type ExtraReader = (asked: ExtraData) => FactorData;

/** Who answers `_get_extra_data` of a factor that is being calculated. */
const READERS = new WeakMap<Factor, ExtraReader>();

export function whileCalculating<T>(factor: Factor, reader: ExtraReader, run: () => T): T {
  READERS.set(factor, reader);
  try {
    return run();
  } finally {
    READERS.delete(factor);
  }
}

/**
 * A factor of your own: `class MA5 extends Factor { name = 'ma5'; max_window = 5; dependencies = ['close']; calc(data) { return
 * data.close.mean(); } }`. `calc` is called for each day and gives a Series by code.
 */
export abstract class Factor {
  abstract readonly name: string;
  /** Days of data that calc sees. */
  readonly max_window: number = 1;
  /** Price fields, columns of the fundamentals, factors of the library, codes of indices, industries and concepts. */
  abstract readonly dependencies: readonly string[];
  /** The day that is calculated. */
  _current_date: date | null = null;

  abstract calc(data: FactorData): Series | number;

  /** The same kind of tables for other securities (an index, say), over the same days. Inside `calc` only. */
  _get_extra_data(asked: ExtraData): FactorData;
  _get_extra_data(securities: ExtraData['securities'], fields: readonly string[]): FactorData;
  _get_extra_data(asked: ExtraData | ExtraData['securities'], fields: readonly string[] = []): FactorData {
    const reader = READERS.get(this);
    if (reader === undefined) {
      throw new BtError('WRONG_PHASE', '_get_extra_data() works inside calc() only: call it there.', {
        fault: 'strategy',
      });
    }
    const whole = typeof asked === 'object' && 'securities' in asked;
    return reader(whole ? asked : { securities: asked, fields });
  }
}

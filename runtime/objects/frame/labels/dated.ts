import { cells } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { badOperator } from '../errors.ts';
import { makeLevels } from '../factory.ts';
import { clockCells, dateCells, midnights, monthEdge, timePart, timeTexts } from '../time-parts.ts';
import type { TimePart } from '../time-parts.ts';
import type { Index } from '../types.ts';
import { Mask } from './mask.ts';
import { LabelMath } from './math.ts';

/** The parts of a DatetimeIndex. */
export abstract class Dated<L> extends LabelMath<L> {
  get year(): Index<number> {
    return this.#part('year');
  }

  get month(): Index<number> {
    return this.#part('month');
  }

  get day(): Index<number> {
    return this.#part('day');
  }

  get hour(): Index<number> {
    return this.#part('hour');
  }

  get minute(): Index<number> {
    return this.#part('minute');
  }

  get second(): Index<number> {
    return this.#part('second');
  }

  get quarter(): Index<number> {
    return this.#part('quarter');
  }

  /** Monday is 0, as in pandas. */
  get dayofweek(): Index<number> {
    return this.#part('dayofweek');
  }

  get weekday(): Index<number> {
    return this.#part('dayofweek');
  }

  get dayofyear(): Index<number> {
    return this.#part('dayofyear');
  }

  get is_month_start(): Mask {
    return Mask.ofBits(monthEdge(this.#times('is_month_start'), false).data as Uint8Array);
  }

  get is_month_end(): Mask {
    return Mask.ofBits(monthEdge(this.#times('is_month_end'), true).data as Uint8Array);
  }

  /** The days as `date` objects. */
  get date(): unknown[] {
    return cells(dateCells(this.#times('date')));
  }

  /** The times of day. */
  get time(): unknown[] {
    return cells(clockCells(this.#times('time')));
  }

  strftime(format: string): Index<string> {
    return makeLevels([timeTexts(this.#times('strftime'), format)], [this.name]) as unknown as Index<string>; // texts
  }

  normalize(): Index {
    return makeLevels([midnights(this.#times('normalize'))], [this.name]);
  }

  #part(part: TimePart): Index<number> {
    return makeLevels([timePart(this.#times(part), part)], [this.name]) as unknown as Index<number>; // numbers
  }

  #times(what: string): Column {
    const [level] = this.levels;
    if (this.nlevels === 1 && level?.kind === 'datetime64[ns]') return level;
    throw badOperator(`${what} needs an index of times; make one with pd.to_datetime(index).`);
  }
}

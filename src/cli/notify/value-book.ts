import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writePrivate } from '../../platform/private-files.ts';

/** The whole value at the end of a day, CNY. */
export interface DayValue {
  readonly day: string;
  readonly value: number;
}

const MOST_DAYS = 60;
const schema = z.array(z.object({ day: z.string(), value: z.number() }));

/** The values of the ends of the last days, kept in a file of the instance: what a day's change is measured from. */
export class ValueBook {
  readonly #path: string;
  #values: readonly DayValue[];

  /** A file that cannot be read is begun anew: it is a comfort, not a record. */
  constructor(path: string) {
    this.#path = path;
    this.#values = read(path);
  }

  /** Of the last end of a day before this one; null = none is known. */
  before(day: string): DayValue | null {
    return this.#values.findLast((one) => one.day < day) ?? null;
  }

  /** Keeps a day's value. Gives all, oldest first. Throws as Node throws it when it cannot be written. */
  keep(today: DayValue): readonly DayValue[] {
    this.#values = [...this.#values.filter(({ day }) => day < today.day), today].slice(-MOST_DAYS);
    writePrivate(this.#path, JSON.stringify(this.#values));
    return this.#values;
  }
}

function read(path: string): readonly DayValue[] {
  try {
    return existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
  } catch {
    return [];
  }
}

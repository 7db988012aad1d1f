import type { Index } from '../types.ts';

/** The label of a row as the name of its Series, made when somebody asks: a DateTime takes longer than the row. */
export class RowName {
  readonly index: Index;
  readonly row: number;

  constructor(index: Index, row: number) {
    this.index = index;
    this.row = row;
  }
}

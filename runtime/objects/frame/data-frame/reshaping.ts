import { meltTable } from '../reshape/melt.ts';
import { pivot, pivotTable } from '../reshape/pivot.ts';
import { stackTable, unstackFrame } from '../reshape/stack.ts';
import { transposed } from '../selection/select.ts';
import { given } from '../signatures/signature.ts';
import type { DataFrame, Series } from '../types.ts';
import { FrameJoining } from './joining.ts';

/** The same cells in another shape: wide to long and back. */
export abstract class FrameReshaping<C extends string> extends FrameJoining<C> {
  /** Rows as columns. */
  get T(): DataFrame {
    return transposed(this as unknown as DataFrame);
  }

  transpose(): DataFrame {
    return this.T;
  }

  /** `pivot({ index: 'time', columns: 'code', values: 'close' })`: long to wide, one cell each. */
  pivot(...args: readonly unknown[]): DataFrame {
    return pivot(this as unknown as DataFrame, given(args));
  }

  /** As pivot, with a statistic where several rows meet. */
  pivot_table(...args: readonly unknown[]): DataFrame {
    return pivotTable(this as unknown as DataFrame, given(args));
  }

  /** Columns become a second level of row labels. */
  stack(options: { readonly dropna?: boolean } = {}): Series & DataFrame {
    return stackTable(this as unknown as DataFrame, options.dropna ?? true) as Series & DataFrame; // one level of columns: a Series
  }

  /** A level of the row labels becomes columns. */
  unstack(...args: readonly unknown[]): DataFrame {
    const a = given(args);
    return unstackFrame(this as unknown as DataFrame, (a['level'] ?? -1) as number, a['fill_value']);
  }

  melt(...args: readonly unknown[]): DataFrame {
    return meltTable(this as unknown as DataFrame, given(args));
  }
}

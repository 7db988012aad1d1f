/** Something in a source that will not do what its author means. Line and column count from 1. */
export interface Finding {
  /** `error`: it cannot be meant, or cannot work; `warning`: it may be right. */
  readonly level: 'error' | 'warning';
  /** Stable: `UNDEFINED_NAME`, `NEGATIVE_INDEX` … */
  readonly code: string;
  readonly line: number;
  readonly column: number;
  /** What happens, and what to write instead. */
  readonly text: string;
}

/** A finding before its place is known. */
export type FindingAt = Pick<Finding, 'level' | 'code' | 'text'> & { readonly at: number };

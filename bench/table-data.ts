/** Rows of the wide tables of this benchmark. */
export const ROWS = 100_000;
const CODES = 300;

/** Seven columns: a code and six numbers, the same in every run. */
export interface TableData {
  readonly code: readonly string[];
  readonly day: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

export function tableData(): TableData {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  const numbers = (): Float64Array => Float64Array.from({ length: ROWS }, next);
  return {
    code: Array.from({ length: ROWS }, (_, i) => codeText(i % CODES)),
    day: Float64Array.from({ length: ROWS }, (_, i) => Math.floor(i / CODES)),
    open: numbers(),
    high: numbers(),
    low: numbers(),
    close: numbers(),
    volume: numbers(),
  };
}

/** One row for each code. */
export function codeData(): { readonly code: readonly string[]; readonly cap: Float64Array } {
  return {
    code: Array.from({ length: CODES }, (_, i) => codeText(i)),
    cap: Float64Array.from({ length: CODES }, (_, i) => i * 1.5),
  };
}

export function codeText(number: number): string {
  return `${String(number).padStart(6, '0')}.XSHE`;
}

import type { AccountView } from '../../domain/order/types.ts';

/** Lists of one kind that are remembered. */
const KEPT = 16;
const CODE = /^\d{6}\.(?:XSHG|XSHE|BJ)$/;

/**
 * The lists of securities a strategy is known to work on: what it read in an earlier dispatch, what it passed to a call for bars, what it
 * keeps in `g`, its universe, what it holds. Codes are canonical.
 */
export class CodeLists {
  /** What each of the latest dispatches read, newest first. */
  #used: ReadonlySet<string>[] = [];
  /** Lists given to calls, newest first. */
  #passed: ReadonlySet<string>[] = [];
  #universe: ReadonlySet<string> = new Set();
  #account: AccountView | null = null;
  readonly #state: () => readonly unknown[];
  readonly #walked: (code: string) => readonly string[];

  /** `state`: the values in `g`; `walked`: the list that the strategy walks now, as far as its variables tell. */
  constructor(state: () => readonly unknown[], walked: (code: string) => readonly string[] = () => []) {
    this.#state = state;
    this.#walked = walked;
  }

  /** A dispatch has ended that read these. */
  used(codes: readonly string[]): void {
    // Also a single one: it tells that nothing else was read with it.
    this.#used = withNewest(this.#used, codes);
  }

  /** A call was given these. */
  passed(codes: readonly string[]): void {
    if (codes.length > 1) this.#passed = withNewest(this.#passed, codes);
  }

  /** What set_universe was given: `{ security_list }`. */
  universe(setting: unknown): void {
    if (typeof setting !== 'object' || setting === null || !('security_list' in setting)) return;
    const { security_list: list } = setting;
    if (Array.isArray(list)) this.#universe = new Set(list.filter((code) => typeof code === 'string'));
  }

  held(account: AccountView): void {
    this.#account = account;
  }

  /**
   * The code, then those that follow it in the list it stands in, around to the start of that list; at most so many, and none that
   * `isOut`. One list only, the one that tells most: the one that is walked, what was read before rather than what was passed, the newer
   * rather than the older.
   */
  around(code: string, most: number, isOut: (code: string) => boolean): string[] {
    if (most <= 1) return [code];
    const walked = this.#walked(code);
    const list = walked.length > 0 ? [...new Set(walked)] : this.#known(code);
    const at = list.indexOf(code);
    const others = [...list.slice(at + 1), ...list.slice(0, Math.max(0, at))].filter((other) => !isOut(other));
    return [code, ...others.slice(0, Math.max(0, most - 1))];
  }

  #known(code: string): readonly string[] {
    const isIn = (each: ReadonlySet<string>): boolean => each.has(code);
    const found = this.#used.find(isIn) ?? this.#passed.find(isIn) ?? this.#kept(code);
    return [...(found ?? [this.#universe, this.#holdings()].find(isIn) ?? [])];
  }

  /** An array or set in `g` with this code and others. */
  #kept(code: string): ReadonlySet<string> | null {
    for (const value of this.#state()) {
      const found = Array.isArray(value) ? value.includes(code) : value instanceof Set && value.has(code);
      if (!found) continue;
      const codes = [...(value as Iterable<unknown>)].filter((each) => typeof each === 'string' && CODE.test(each));
      if (codes.length > 1) return new Set(codes as string[]);
    }
    return null;
  }

  #holdings(): ReadonlySet<string> {
    return new Set(this.#account?.positions.map(({ security }) => security));
  }
}

/** A list that the new one holds whole has nothing more to say. */
function withNewest(lists: readonly ReadonlySet<string>[], codes: readonly string[]): ReadonlySet<string>[] {
  const newest = new Set(codes);
  if (newest.size === 0) return [...lists];
  return [newest, ...lists.filter((list) => !list.isSubsetOf(newest))].slice(0, KEPT);
}

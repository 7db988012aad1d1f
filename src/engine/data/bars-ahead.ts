import type { DispatchContext, HistoryBlock, HistoryRequest, StrategyHost } from '../../../runtime/host.ts';
import type { CodeLists } from './code-lists.ts';
import { FRESH_MS, isOfTheLink } from './quotes-ahead.ts';

/** Securities asked for at once, at most, and values (securities × bars × columns). */
const MOST_AT_ONCE = 256;
const MOST_VALUES = 200_000;

/** What the calls of one loop have in common. */
interface Loop {
  readonly known: Map<string, HistoryBlock>;
  /** How many the next request asks for: a loop that ends early has cost at most twice what it read. */
  next: number;
  readAt: number;
}

/**
 * Bars that are read ahead: a loop that asks for the bars of one security after the other, all else alike, gets them in requests for
 * one, two, four … of the list that it walks. What was read serves in its dispatch, until an order or a cancel, and where today's bar
 * is part of it for 3 s of the strategy's clock. An error of many is no error of the one: it is asked for alone.
 */
export class BarsAhead {
  readonly #host: StrategyHost;
  readonly #now: () => number;
  readonly #lists: CodeLists;
  #dispatch: DispatchContext | null = null;
  readonly #loops = new Map<string, Loop>();

  constructor(host: StrategyHost, now: () => number, lists: CodeLists) {
    this.#host = host;
    this.#now = now;
    this.#lists = lists;
  }

  read(request: HistoryRequest): readonly HistoryBlock[] {
    const [security, ...others] = request.securities;
    if (security === undefined || others.length > 0) {
      this.#lists.passed(request.securities);
      return this.#host.history(request);
    }
    this.#enter(this.#host.dispatch());
    const loop = this.#loopOf({ ...request, securities: [] });
    const known = loop.known.get(security);
    if (known !== undefined) return [known];
    return [this.#ask(security, request, loop)];
  }

  forget(): void {
    this.#loops.clear();
  }

  #enter(dispatch: DispatchContext): void {
    if (dispatch === this.#dispatch) return;
    this.#dispatch = dispatch;
    this.forget();
  }

  #loopOf(request: HistoryRequest): Loop {
    const key = JSON.stringify(request);
    const found = this.#loops.get(key);
    const age = this.#now() - (found?.readAt ?? 0);
    if (found !== undefined && (!movesWithMarket(request) || (age >= 0 && age <= FRESH_MS))) return found;
    const loop = { known: new Map<string, HistoryBlock>(), next: found?.next ?? 1, readAt: this.#now() };
    this.#loops.set(key, loop);
    return loop;
  }

  #ask(security: string, request: HistoryRequest, loop: Loop): HistoryBlock {
    const each = Math.max(1, (request.count ?? MOST_VALUES) * request.fields.length);
    const most = Math.max(1, Math.min(loop.next, MOST_AT_ONCE, Math.floor(MOST_VALUES / each)));
    const wanted = this.#lists.around(security, most, (code) => loop.known.has(code));
    let blocks: readonly HistoryBlock[];
    try {
      blocks = this.#host.history({ ...request, securities: wanted });
    } catch (error) {
      if (wanted.length === 1 || isOfTheLink(error)) throw error;
      loop.next = 1;
      blocks = this.#host.history(request);
    }
    for (const block of blocks) loop.known.set(block.security, block);
    loop.next = Math.min(MOST_AT_ONCE, loop.next * 2);
    const [block] = blocks;
    if (block === undefined) throw new TypeError('the engine gave no table for a security');
    return block;
  }
}

/** Today's daily bar, or a window that still runs, is another one each moment. */
function movesWithMarket({ unit, includeToday, aligned, running }: HistoryRequest): boolean {
  return /[dwM]$/.test(unit) ? includeToday : aligned && running;
}

import { DAY } from '../../domain/time.ts';
import type { DispatchContext, HistoryBlock, HistoryRequest, StrategyHost } from '../../../runtime/host.ts';
import type { CodeLists } from './code-lists.ts';
import { mayBeWidened, narrowed, widened, widthKey } from './bars-widened.ts';
import { LoopsAhead } from './loops-ahead.ts';
import { isOfTheLink } from './quotes-ahead.ts';

/** Values asked for at once, at most (securities × bars × columns). */
const MOST_VALUES = 200_000;

/** Bars that are read ahead: a loop that asks for the bars of one security after the other, all else alike. */
export class BarsAhead {
  readonly #host: StrategyHost;
  readonly #lists: CodeLists;
  readonly #loops: LoopsAhead<HistoryBlock>;
  /** By what they have in common, the widest question of each loop; of one dispatch. */
  readonly #widest = new Map<string, HistoryRequest>();
  #dispatch: DispatchContext | null = null;

  constructor(host: StrategyHost, now: () => number, lists: CodeLists) {
    this.#host = host;
    this.#lists = lists;
    this.#loops = new LoopsAhead(host, now, lists);
  }

  read(request: HistoryRequest): readonly HistoryBlock[] {
    const [security, ...others] = request.securities;
    if (security === undefined || others.length > 0) {
      this.#lists.passed(request.securities);
      return this.#host.history(request);
    }
    return [mayBeWidened(request) ? this.#widely(security, request) : this.#one(security, request)];
  }

  /** As many days as the loop has asked of any security up to that end; an error of more days is no error of the fewer. */
  #widely(security: string, request: HistoryRequest): HistoryBlock {
    const dispatch = this.#host.dispatch();
    if (dispatch !== this.#dispatch) this.#widest.clear();
    this.#dispatch = dispatch;
    const key = widthKey(request);
    const wide = widened(request, this.#widest.get(key) ?? null, dispatch.logicalTime);
    if (wide === request) {
      const block = this.#one(security, request);
      this.#widest.set(key, request);
      return block;
    }
    try {
      return narrowed(this.#one(security, wide), request);
    } catch (error) {
      if (isOfTheLink(error)) throw error;
      this.#widest.delete(key);
      return this.#one(security, request);
    }
  }

  #one(security: string, request: HistoryRequest): HistoryBlock {
    const each = Math.max(1, this.#rows(request) * request.fields.length);
    return this.#loops.read(security, {
      key: JSON.stringify({ ...request, securities: [] }),
      moves: movesWithMarket(request),
      most: Math.max(1, Math.floor(MOST_VALUES / each)),
      ask: (securities) => this.#host.history({ ...request, securities }),
    });
  }

  /** How many rows a security may have, at most. */
  #rows({ count, start, end, unit }: HistoryRequest): number {
    if (count !== null) return count;
    if (start === null || unit !== '1d') return MOST_VALUES;
    return Math.max(1, Math.ceil(((end ?? this.#host.dispatch().logicalTime) - start) / DAY) + 1);
  }

  /** An order or a cancel lets market time pass. */
  forget(): void {
    this.#loops.forgetMoving();
  }
}

/** Today's daily bar, or a window that still runs, is another one each moment. */
function movesWithMarket({ unit, includeToday, aligned, running }: HistoryRequest): boolean {
  return /[dwM]$/.test(unit) ? includeToday : aligned && running;
}

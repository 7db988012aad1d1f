import type { HistoryBlock, HistoryRequest, StrategyHost } from '../../../runtime/host.ts';
import type { CodeLists } from './code-lists.ts';
import { LoopsAhead } from './loops-ahead.ts';

/** Values asked for at once, at most (securities × bars × columns). */
const MOST_VALUES = 200_000;

/** Bars that are read ahead: a loop that asks for the bars of one security after the other, all else alike. */
export class BarsAhead {
  readonly #host: StrategyHost;
  readonly #lists: CodeLists;
  readonly #loops: LoopsAhead<HistoryBlock>;

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
    const each = Math.max(1, (request.count ?? MOST_VALUES) * request.fields.length);
    const block = this.#loops.read(security, {
      key: JSON.stringify({ ...request, securities: [] }),
      moves: movesWithMarket(request),
      most: Math.max(1, Math.floor(MOST_VALUES / each)),
      ask: (securities) => this.#host.history({ ...request, securities }),
    });
    return [block];
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

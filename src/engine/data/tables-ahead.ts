import type { StrategyHost } from '../../../runtime/host.ts';
import type { DataRequest, DatasetName } from '../../domain/data/datasets.ts';
import { takeRows, textsOf, type DataTable } from '../../domain/data/table.ts';
import type { CodeLists } from './code-lists.ts';
import { LoopsAhead } from './loops-ahead.ts';

/** Securities asked about at once, at most: of a range of days each has many rows. */
const MOST = 128;
const MOST_OF_A_RANGE = 32;

/** Tables whose rows are each of one security, whatever others are asked for; and the column of its code. */
const OF_ONE: Partial<Readonly<Record<DatasetName, string>>> = {
  security_info: 'code',
  industries_of: 'code',
  concepts_of: 'code',
  extras: 'code',
  locked_shares: 'code',
  money_flow: 'sec_code',
};

/**
 * Tables that are read ahead: a loop that asks for one security after the other, all else alike. They are as they were known when the
 * hook began, so that nothing that happens in it makes them another.
 */
export class TablesAhead {
  readonly #host: StrategyHost;
  readonly #loops: LoopsAhead<DataTable>;

  constructor(host: StrategyHost, now: () => number, lists: CodeLists) {
    this.#host = host;
    this.#loops = new LoopsAhead(host, now, lists);
  }

  read(request: DataRequest): DataTable {
    const column = OF_ONE[request.dataset];
    const params: Readonly<Record<string, unknown>> = request.params;
    const asked = params['securities'];
    if (column === undefined || !Array.isArray(asked) || asked.length !== 1) return this.#host.data(request);
    return this.#loops.read(String(asked[0]), {
      key: JSON.stringify({ ...request, params: { ...params, securities: [] } }),
      moves: false,
      most: 'start' in params ? MOST_OF_A_RANGE : MOST,
      ask: (securities) =>
        byCode(this.#host.data({ ...request, params: { ...params, securities } } as DataRequest), column, securities),
    });
  }
}

/** What is of each. */
function byCode(table: DataTable, column: string, securities: readonly string[]): readonly DataTable[] {
  if (securities.length === 1) return [table];
  const rows = new Map(securities.map((code): [string | null, number[]] => [code, []]));
  for (const [row, code] of textsOf(table, column).entries()) rows.get(code)?.push(row);
  return securities.map((code) => takeRows(table, rows.get(code) ?? []));
}

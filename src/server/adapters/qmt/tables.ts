import type { Dividend } from '../../../domain/gateway.ts';
import type { DataRequest, DatasetName, ParamsOf } from '../../../domain/data/datasets.ts';
import { numbers, tableOf, texts } from '../../../domain/data/table.ts';
import type { DataTable } from '../../../domain/data/table.ts';
import { chinaDay, chinaInstant, DAY } from '../../../domain/time.ts';
import type { SecurityInfo } from '../../../domain/trading.ts';
import { requestFailed } from '../../python.ts';
import type { MarketData } from '../gateway.ts';

type Tables = NonNullable<MarketData['tables']>;

/** Where the rows come from. */
export interface TableSource {
  securities(types: readonly string[], day: string | null): Promise<readonly SecurityInfo[]>;
  /** Null for what the terminal does not know. */
  knownInfo(security: string): Promise<SecurityInfo | null>;
  /** Canonical codes, of now. */
  indexMembers(index: string): Promise<readonly string[]>;
  dividends(security: string): Promise<readonly Dividend[]>;
  tradeDays(start: string, end: string): Promise<readonly string[]>;
}

/** What the terminal can answer without a guess. */
const SERVED: readonly DatasetName[] = ['securities', 'security_info', 'index_members', 'dividends'];

/** Tables out of the terminal's cache; nothing of later than `asOf`. */
export class QmtTables implements Tables {
  readonly datasets: ReadonlySet<DatasetName> = new Set(SERVED);
  readonly #data: TableSource;

  constructor(data: TableSource) {
    this.#data = data;
  }

  async table(request: DataRequest, asOf: number): Promise<DataTable> {
    if (request.dataset === 'securities') return this.#securities(request.params, asOf);
    if (request.dataset === 'security_info') return this.#info(request.params, asOf);
    if (request.dataset === 'index_members') return this.#members(request.params, asOf);
    if (request.dataset === 'dividends') return this.#dividends(request.params, asOf);
    throw requestFailed(`数据集 ${request.dataset} 未实现`);
  }

  async #securities({ types, day }: ParamsOf<'securities'>, asOf: number): Promise<DataTable> {
    const today = chinaDay(asOf);
    const found = await this.#data.securities(types, day);
    return infoTable(found.filter(({ startDate }) => startDate === null || startDate <= today));
  }

  async #info({ securities, day }: ParamsOf<'security_info'>, asOf: number): Promise<DataTable> {
    const until = day ?? chinaDay(asOf);
    const found = await Promise.all(securities.map((security) => this.#data.knownInfo(security)));
    const listed = found.filter((info) => info !== null);
    return infoTable(listed.filter(({ startDate }) => startDate === null || startDate <= until));
  }

  /** The members of now are those of the last days; of earlier ones the terminal knows nothing. */
  async #members({ index, day }: ParamsOf<'index_members'>, asOf: number): Promise<DataTable> {
    const earliest = (await this.#data.tradeDays(chinaDay(asOf - 10 * DAY), chinaDay(asOf))).at(-2);
    if (earliest !== undefined && day < earliest)
      throw requestFailed(`QMT 只提供当前的指数成分股，无法查询 ${day} 的 ${index} 成分股`);
    return tableOf({ code: texts(await this.#data.indexMembers(index)) });
  }

  async #dividends({ securities, start, end }: ParamsOf<'dividends'>, asOf: number): Promise<DataTable> {
    const until = end < chinaDay(asOf) ? end : chinaDay(asOf);
    const rows = [];
    for (const security of securities)
      for (const paid of await this.#data.dividends(security))
        if (paid.day <= until && (start === null || paid.day >= start)) rows.push(paid);
    return tableOf({
      code: texts(rows.map(({ security }) => security)),
      day: numbers(
        'day',
        rows.map(({ day }) => chinaInstant(day, '00:00')),
      ),
      cash: numbers(
        'float',
        rows.map(({ cash, per }) => cash / per),
      ),
      bonus: numbers(
        'float',
        rows.map(({ scale }) => scale - 1),
      ),
    });
  }
}

function infoTable(rows: readonly SecurityInfo[]): DataTable {
  const day = (text: string | null): number => (text === null ? Number.NaN : chinaInstant(text, '00:00'));
  return tableOf({
    code: texts(rows.map(({ security }) => security)),
    display_name: texts(rows.map(({ displayName }) => displayName)),
    name: texts(rows.map(({ name }) => name)),
    start_date: numbers(
      'day',
      rows.map(({ startDate }) => day(startDate)),
    ),
    end_date: numbers(
      'day',
      rows.map(({ endDate }) => day(endDate)),
    ),
    type: texts(rows.map(({ type }) => type)),
  });
}

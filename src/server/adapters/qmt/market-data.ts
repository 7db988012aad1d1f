import * as z from 'zod';
import { exchangeCalendar } from '../../../domain/market/calendar.ts';
import { boardOrNull } from '../../../domain/market/board.ts';
import { toQmtCode } from '../../../domain/market/symbol.ts';
import type { DepthQuote, Dividend } from '../../../domain/gateway.ts';
import { chinaDay, DAY } from '../../../domain/time.ts';
import type { Bars, BarsRequest, SecurityInfo } from '../../../domain/trading.ts';
import { requestFailed } from '../../python.ts';
import type { LiveQuotes, MarketData } from '../gateway.ts';
import { barsArguments, barsOf, dayStamp, PERIODS } from './bars.ts';
import { Batch } from './batch.ts';
import type { DataBridge } from './data-bridge.ts';
import type { DownloadJobs } from './download-jobs.ts';
import type { Downloads } from './downloads.ts';
import type { Instruments } from './instruments.ts';
import { quoteOf } from './quotes.ts';
import { FRAME, TICK } from './sdk-rows.ts';
import type { Frame, InstrumentRow, TickRow } from './sdk-rows.ts';
import { dividendsOf, infoOf, SECTORS } from './securities.ts';
import { QmtTerminalData } from './terminal-data.ts';
import { QmtTables } from './tables.ts';
import type { TableSource } from './tables.ts';
import { unavailable } from './unavailable.ts';

/** Securities in one question. */
const MOST_TICKS = 1000;
const MOST_FRAMES = 200;

const TICKS = z.record(z.string(), TICK);
const FRAMES = z.record(z.string(), FRAME);
const CODES = z.array(z.string());

export interface MarketDataParts {
  readonly bridge: DataBridge;
  readonly instruments: Instruments;
  readonly downloads: Downloads;
  readonly jobs: DownloadJobs;
  readonly live: LiveQuotes;
  /** Whether bars are downloaded before they are read. */
  readonly downloadsBars: boolean;
  /** Market time, epoch ms. */
  readonly now: () => number;
}

/** Market data out of the terminal's cache; questions of one turn become one call. */
export class QmtMarketData implements MarketData, TableSource {
  readonly live: LiveQuotes;
  readonly tables: QmtTables;
  readonly terminal: QmtTerminalData;
  readonly #parts: MarketDataParts;
  readonly #ticks: Batch<TickRow>;
  readonly #frames: Batch<Frame>;

  constructor(parts: MarketDataParts) {
    this.#parts = parts;
    this.live = parts.live;
    this.tables = new QmtTables(this);
    const { bridge, instruments, jobs, now } = parts;
    this.terminal = new QmtTerminalData({ bridge, instruments, downloads: jobs, now });
    this.#ticks = new Batch(async (_, codes) => {
      return new Map(Object.entries(await bridge.ask('full_tick', { codes }, TICKS)));
    }, MOST_TICKS);
    this.#frames = new Batch(async (kind, codes) => {
      const asked: unknown = JSON.parse(kind);
      const frames = await bridge.ask('history', { ...(asked as object), codes }, FRAMES);
      return new Map(Object.entries(frames));
    }, MOST_FRAMES);
  }

  async quote(security: string): Promise<DepthQuote> {
    const code = toQmtCode(security);
    const [tick, details] = await Promise.all([this.#ticks.of('', code), this.#parts.instruments.of([code])]);
    return quoteOf(security, tick ?? null, details.get(code) ?? null);
  }

  async bars(request: BarsRequest): Promise<Bars> {
    const code = toQmtCode(request.security);
    const failure = await this.#fill(code, request);
    const { codes: _, ...asked } = barsArguments(request, code);
    const frame = await this.#frames.of(JSON.stringify(asked), code);
    const bars = barsOf(frame ?? { index: [], columns: {} }, request);
    // The SDK gives an empty frame for what was never downloaded: it must not look like a range without bars.
    if (bars.time.length === 0 && failure !== null) throw unavailable(`${request.security} 的K线无法下载: ${failure}`);
    return bars;
  }

  async tradeDays(start: string, end: string): Promise<readonly string[]> {
    const args = { market: 'SH', start: dayStamp(start), end: dayStamp(end), count: -1 };
    const told = (await this.#parts.bridge.ask('trading_dates', args, z.array(z.number()))).map(chinaDay);
    const inside = told.filter((day) => day >= start && day <= end).toSorted();
    const [first, last] = [inside[0], inside.at(-1)];
    // The cache may begin late and never reaches beyond today: the exchanges' own calendar has the rest.
    const calendar = exchangeCalendar();
    const known = calendar.between(
      start < calendar.from ? calendar.from : start,
      end > calendar.expires ? calendar.expires : end,
    );
    if (first === undefined || last === undefined) return known;
    return [...known.filter((day) => day < first), ...inside, ...known.filter((day) => day > last)];
  }

  async securityInfo(security: string): Promise<SecurityInfo> {
    const info = await this.knownInfo(security);
    if (info === null) throw requestFailed(`未知的证券代码: ${security}`);
    return info;
  }

  /** Null for what the terminal does not know. */
  async knownInfo(security: string): Promise<SecurityInfo | null> {
    const code = toQmtCode(security);
    const row = (await this.#parts.instruments.of([code])).get(code) ?? null;
    return row === null ? null : infoOf(security, row);
  }

  /** The stocks of an index now, canonical. */
  async indexMembers(index: string): Promise<readonly string[]> {
    return [...(await this.terminal.indexWeights(index)).keys()];
  }

  async securities(types: readonly string[], day: string | null): Promise<readonly SecurityInfo[]> {
    const names = SECTORS.filter(({ types: has }) => has.some((type) => types.includes(type))).map(({ name }) => name);
    if (names.length === 0) return [];
    const codes = new Set<string>();
    for (const name of names) for (const code of await this.#sector(name)) codes.add(code);
    const rows = await this.#parts.instruments.of([...codes]);
    return [...rows].flatMap(([code, row]) => {
      const info = row === null ? null : listed(code, row);
      return info !== null && types.includes(info.type) && isListed(info, day) ? [info] : [];
    });
  }

  async dividends(security: string): Promise<readonly Dividend[]> {
    const args = { code: toQmtCode(security), start: '', end: '' };
    const frame = await this.#parts.bridge.ask('dividends', args, FRAME.nullable());
    return frame === null ? [] : dividendsOf(security, frame, chinaDay(this.#parts.now()));
  }

  /** A sector that is empty was not downloaded. */
  async #sector(name: string): Promise<readonly string[]> {
    const { bridge } = this.#parts;
    const codes = await bridge.ask('sector', { name }, CODES);
    if (codes.length > 0) return codes;
    await bridge.download('download', { name: 'sector_data' });
    return bridge.ask('sector', { name }, CODES);
  }

  async #fill(code: string, { unit, start, count, end }: BarsRequest): Promise<string | null> {
    if (!this.#parts.downloadsBars) return null;
    const { stored } = PERIODS[unit];
    const days = unit === '1d' ? (count ?? 0) * 2 + 30 : Math.ceil((count ?? 0) / 4) * 2 + 10;
    const from = start ?? Math.min(end, this.#parts.now()) - days * DAY;
    return this.#parts.downloads.bars([code], stored, dayStamp(chinaDay(from)));
  }
}

function listed(code: string, row: InstrumentRow): SecurityInfo | null {
  return boardOrNull(code) === null ? null : infoOf(code, row);
}

function isListed({ startDate, endDate }: SecurityInfo, day: string | null): boolean {
  return day === null || ((startDate === null || startDate <= day) && (endDate === null || endDate >= day));
}

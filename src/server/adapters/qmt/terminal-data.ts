import * as z from 'zod';
import { canonicalSecurity, toQmtCode } from '../../../domain/market/symbol.ts';
import { chinaDay } from '../../../domain/time.ts';
import { requestFailed } from '../../python.ts';
import type { DataBridge } from './data-bridge.ts';
import { dayOf, dayStamp } from './bars.ts';
import type { DownloadJobs } from './download-jobs.ts';
import type { Instruments } from './instruments.ts';
import { priceOf, securityOf } from './rows.ts';
import { FRAME } from './sdk-rows.ts';
import type { Frame, InstrumentRow } from './sdk-rows.ts';
import { infoOf } from './securities.ts';
import type { FinancialQuestion, InstrumentDetails, TerminalData } from '../terminal-data.ts';

const CODES = z.array(z.string());
const WEIGHTS = z.record(z.string(), z.number().nullable()).nullable();
const FINANCIALS = z.record(z.string(), z.record(z.string(), FRAME.nullable()));
/** Securities in one question. */
const MOST_FINANCIALS = 100;

export interface TerminalParts {
  readonly bridge: DataBridge;
  readonly instruments: Instruments;
  readonly downloads: DownloadJobs;
  /** Market time, epoch ms. */
  readonly now: () => number;
}

/** What the terminal has beside quotes and bars, as it has it: out of its cache, which `downloads` fills. */
export class QmtTerminalData implements TerminalData {
  readonly downloads: DownloadJobs;
  readonly #parts: TerminalParts;

  constructor(parts: TerminalParts) {
    this.#parts = parts;
    this.downloads = parts.downloads;
  }

  async financials({
    securities,
    tables,
    start,
    end,
    by,
  }: FinancialQuestion): Promise<Map<string, Map<string, Frame>>> {
    const today = chinaDay(this.#parts.now());
    const found = new Map<string, Map<string, Frame>>();
    for (let at = 0; at < securities.length; at += MOST_FINANCIALS) {
      const codes = securities.slice(at, at + MOST_FINANCIALS).map((security) => toQmtCode(security));
      const days = { start: start === null ? '' : dayStamp(start), end: end === null ? '' : dayStamp(end) };
      const args = { codes, tables, ...days, report_type: by === 'announced' ? 'announce_time' : 'report_time' };
      for (const [code, frames] of Object.entries(await this.#parts.bridge.ask('financial', args, FINANCIALS))) {
        const known = Object.entries(frames).flatMap(([table, frame]) =>
          frame === null ? [] : [[table, knownOn(frame, today)] as const],
        );
        found.set(securityOf(code), new Map(known));
      }
    }
    return found;
  }

  dividendFactors(security: string, start: string | null, end: string | null): Promise<Frame | null> {
    const days = { start: start === null ? '' : dayStamp(start), end: end === null ? '' : dayStamp(end) };
    return this.#parts.bridge.ask('dividends', { code: toQmtCode(security), ...days }, FRAME.nullable());
  }

  async sectors(): Promise<readonly string[]> {
    return this.#filled('sector_data', () => this.#parts.bridge.ask('sectors', {}, CODES));
  }

  async sectorMembers(name: string): Promise<readonly string[]> {
    const codes = await this.#filled('sector_data', () => this.#parts.bridge.ask('sector', { name }, CODES));
    if (codes.length === 0) throw requestFailed(`QMT 没有板块 ${name}，或它没有成分（名称见 data.sectors）`);
    return codes.map(securityOf);
  }

  async indexWeights(index: string): Promise<ReadonlyMap<string, number | null>> {
    const code = toQmtCode(index);
    const weights = await this.#filled('index_weight', async () =>
      Object.entries((await this.#parts.bridge.ask('index_weight', { code }, WEIGHTS)) ?? {}),
    );
    if (weights.length === 0) throw requestFailed(`QMT 没有指数 ${index} 的成分股`);
    return new Map(weights.map(([member, weight]) => [securityOf(member), weight]));
  }

  async details(securities: readonly string[]): Promise<ReadonlyMap<string, InstrumentDetails | null>> {
    const codes = new Map(securities.map((security) => [canonicalSecurity(security), toQmtCode(security)]));
    const rows = await this.#parts.instruments.of([...codes.values()]);
    return new Map(
      [...codes].map(([security, code]) => {
        const row = rows.get(code) ?? null;
        return [security, row === null ? null : detailsOf(security, row)];
      }),
    );
  }

  /** What is empty was not downloaded: it is, once. */
  async #filled<T>(name: string, read: () => Promise<readonly T[]>): Promise<readonly T[]> {
    const found = await read();
    if (found.length > 0) return found;
    await this.#parts.bridge.download('download', { name });
    return read();
  }
}

/** Rows that were announced by a day. One that names no day of announcement stays: not every table has it. */
function knownOn({ index, columns }: Frame, day: string): Frame {
  const announced = columns['m_anntime'];
  if (announced === undefined) return { index, columns };
  const known = index.flatMap((_, row) => {
    const on = dayOf(announced[row] ?? null);
    return on === null || on <= day ? [row] : [];
  });
  const kept = Object.entries(columns).map(([name, values]) => [name, known.map((row) => values[row] ?? null)]);
  return { index: known.map((row) => index[row] ?? ''), columns: Object.fromEntries(kept) as Frame['columns'] };
}

function detailsOf(security: string, row: InstrumentRow): InstrumentDetails {
  return {
    ...infoOf(security, row),
    preClose: priceOf(row.PreClose),
    highLimit: priceOf(row.UpStopPrice),
    lowLimit: priceOf(row.DownStopPrice),
    priceTick: priceOf(row.PriceTick),
    floatShares: priceOf(row.FloatVolume ?? row.FloatVolumn),
    totalShares: priceOf(row.TotalVolume ?? row.TotalVolumn),
    suspendedDays: row.InstrumentStatus === null ? null : Math.max(0, row.InstrumentStatus),
  };
}

import { textsOf } from '../../../src/domain/data/table.ts';
import { chinaDay, chinaInstant } from '../../../src/domain/time.ts';
import type { AdjustMode } from '../../../src/domain/trading.ts';
import { fundamentalsOn, industriesOn } from '../../factors/base-values.ts';
import { currentHost } from '../../host.ts';
import { columnOf, fetchBars } from '../../objects/bars.ts';
import type { AlphaData } from './evaluate.ts';
import type { Panel } from './panel.ts';

/** Series of the formulas by what bars call them. */
const FIELDS: Readonly<Record<string, string>> = {
  open: 'open',
  close: 'close',
  high: 'high',
  low: 'low',
  volume: 'volume',
  vwap: 'avg',
};
/** The paper leaves the classification open: Shenwan's three levels. */
const GROUPS: Readonly<Record<string, string>> = { sector: 'sw_l1', industry: 'sw_l2', subindustry: 'sw_l3' };

interface Asked {
  readonly codes: readonly string[];
  /** Names of series and groups. */
  readonly names: readonly string[];
  /** The last day, and how many there are in all. */
  readonly day: string;
  readonly count: number;
  readonly adjust: AdjustMode;
}

/** What formulas read of these securities up to a day. Paused days have the price before and no volume; before its listing a security has nothing. */
export function readAlphaData({ codes, names, day, count, adjust }: Asked): AlphaData {
  const days = currentHost().tradeDays(null, day, count);
  const panels = new Map<string, Panel>(pricesOf(codes, names, days, adjust));
  if (names.includes('cap')) panels.set('cap', capsOf(codes, days));
  const groups = new Map(
    names
      .filter((name) => Object.hasOwn(GROUPS, name))
      .map((name): [string, (string | null)[]] => {
        const known = industriesOn(GROUPS[name] ?? '', codes, day);
        return [name, codes.map((code) => known.get(code) ?? null)];
      }),
  );
  return {
    series: (name, rows) => lastRows(panels.get(name) ?? [], rows, codes.length),
    groups: (name) => groups.get(name) ?? [],
  };
}

/** A calendar that begins later leaves days without values. */
function lastRows(panel: Panel, rows: number, securities: number): Panel {
  const missing = Math.max(0, rows - panel.length);
  const gaps = Array.from({ length: missing }, () => new Float64Array(securities).fill(Number.NaN));
  return [...gaps, ...panel.slice(-rows)];
}

function pricesOf(
  codes: readonly string[],
  names: readonly string[],
  days: readonly string[],
  adjust: AdjustMode,
): Map<string, Panel> {
  const [first, last] = [days[0], days.at(-1)];
  // What is missing of a constant's day is the price's: `close` is always there.
  const wanted = [...new Set(['close', ...names.filter((name) => Object.hasOwn(FIELDS, name))])];
  const empty = (): Float64Array[] => days.map(() => new Float64Array(codes.length).fill(Number.NaN));
  const panels = new Map(wanted.map((name) => [name, empty()] as const));
  if (first === undefined || last === undefined) return panels;
  const blocks = fetchBars({
    securities: codes,
    unit: '1d',
    start: chinaInstant(first, '00:00'),
    end: Math.min(chinaInstant(last, '15:00'), currentHost().dispatch().logicalTime),
    fields: wanted.map((name) => FIELDS[name] ?? name),
    adjust,
  });
  const places = new Map(days.map((day, place): [string, number] => [day, place]));
  blocks.forEach((block, security) => {
    const rows = Array.from(block.time, (ms) => places.get(chinaDay(ms)));
    for (const [name, panel] of panels) {
      const values = columnOf(block, FIELDS[name] ?? name);
      rows.forEach((row, i) => {
        const line = row === undefined ? undefined : panel[row];
        if (line !== undefined) line[security] = values[i] ?? Number.NaN;
      });
    }
  });
  return panels;
}

/** In 亿, as JoinQuant's valuation has it. */
function capsOf(codes: readonly string[], days: readonly string[]): Panel {
  const value = fundamentalsOn('valuation', 'market_cap', codes, days);
  return days.map((day) => Float64Array.from(codes, (code) => value(code, day)));
}

/** The securities of `'all'`, of an index, or of a list, as they were on a day. */
export function securitiesOf(index: string | readonly string[], day: string): readonly string[] {
  if (typeof index !== 'string') return index;
  const host = currentHost();
  const table =
    index === 'all'
      ? host.data({ dataset: 'securities', params: { types: ['stock'], day } })
      : host.data({ dataset: 'index_members', params: { index, day } });
  return textsOf(table, 'code').filter((code) => code !== null);
}

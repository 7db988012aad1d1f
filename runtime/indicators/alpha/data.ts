import { textsOf } from '../../../src/domain/data/table.ts';
import { chinaDay, chinaInstant } from '../../../src/domain/time.ts';
import type { AdjustMode } from '../../../src/domain/trading.ts';
import { fundamentalsOn, industriesOn } from '../../factors/base-values.ts';
import { currentHost } from '../../host.ts';
import { columnOf, fetchBars } from '../../objects/bars.ts';
import type { AlphaData } from './evaluate.ts';
import { lastRows } from './panel.ts';
import type { Panel } from './panel.ts';

/** Series of the formulas by what bars call them. */
const FIELDS: Readonly<Record<string, string>> = {
  open: 'open',
  close: 'close',
  high: 'high',
  low: 'low',
  volume: 'volume',
  amount: 'money',
  vwap: 'avg',
};
/** Series of the benchmark: the same for each security. */
const INDEX: Readonly<Record<string, string>> = { index_open: 'open', index_close: 'close' };
/** The paper leaves the classification open: Shenwan's three levels. */
const GROUPS: Readonly<Record<string, string>> = { sector: 'sw_l1', industry: 'sw_l2', subindustry: 'sw_l3' };

interface Asked {
  readonly codes: readonly string[];
  /** How many days of each series and group, up to the last day. */
  readonly days: ReadonlyMap<string, number>;
  readonly day: string;
  readonly adjust: AdjustMode;
  /** Whose prices `index_open` and `index_close` are; null where no formula reads them. */
  readonly benchmark: string | null;
}

/** What formulas read of these securities up to a day. Paused days have the price before and no volume; before its listing a security has nothing. */
export function readAlphaData({ codes, days: counts, day, adjust, benchmark }: Asked): AlphaData {
  const names = [...counts.keys()];
  const days = currentHost().tradeDays(null, day, Math.max(1, ...counts.values()));
  const panels = new Map<string, Panel>(pricesOf(codes, names, days, adjust));
  if (benchmark !== null)
    for (const [name, panel] of indexOf(benchmark, names, days, codes.length)) panels.set(name, panel);
  const caps = counts.get('cap');
  if (caps !== undefined) panels.set('cap', capsOf(codes, days.slice(-caps)));
  const groups = new Map(
    names
      .filter((name) => Object.hasOwn(GROUPS, name))
      .map((name): [string, (string | null)[]] => {
        const known = industriesOn(GROUPS[name] ?? '', codes, day);
        return [name, codes.map((code) => known.get(code) ?? null)];
      }),
  );
  return {
    // A calendar that begins later leaves days without values.
    series: (name, rows) => lastRows(panels.get(name) ?? [], rows, codes.length),
    groups: (name) => groups.get(name) ?? [],
  };
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

function indexOf(
  benchmark: string,
  names: readonly string[],
  days: readonly string[],
  securities: number,
): [string, Panel][] {
  const asked = names.flatMap((name) => INDEX[name] ?? []);
  if (asked.length === 0) return [];
  const panels = pricesOf([benchmark], asked, days, 'none');
  return Object.entries(INDEX).map(([name, field]) => [
    name,
    (panels.get(field) ?? []).map(([value = Number.NaN]) => new Float64Array(securities).fill(value)),
  ]);
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

import { useEffect, useMemo, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { EquityPoint } from '../../../status/types.ts';
import { piecesOf, sessionPlace, timeOfPlace } from '../../../domain/chart/session-axis.ts';
import { money, moment, signed } from '../format.ts';
import { t } from '../words.ts';

const HEIGHT = 268;
const SHANGHAI_MS = 8 * 3_600_000;
const NOTHING: Drawn = { data: [[], []], instants: [] };

export interface ChartProps {
  readonly points: readonly EquityPoint[];
  /** Points are days, not minutes. */
  readonly isDays: boolean;
}

/** The value of an account over time. */
export function Chart({ points, isDays }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const drawn = useRef<Drawn>(NOTHING);
  drawn.current = useMemo(() => drawnOf(points, isDays), [points, isDays]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = new uPlot(
      optionsOf(element, isDays, () => drawn.current),
      drawn.current.data,
      element,
    );
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [isDays]);
  useEffect(() => plot.current?.setData(drawn.current.data), [points]);
  return (
    <figure class="chart">
      <div ref={place} role="img" aria-label={summaryOf(points)} />
      {points.map(({ at, shift }) =>
        shift === undefined ? null : (
          <p key={at} class="note">
            {t('equity.part', { time: moment(at).slice(5, 16), shift: signed(shift) })}
          </p>
        ),
      )}
    </figure>
  );
}

function summaryOf(points: readonly EquityPoint[]): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return t('equity.empty');
  const totals = points.map(({ total }) => total);
  return t('equity.summary', {
    from: moment(first.at),
    to: moment(last.at),
    first: money(first.total),
    last: money(last.total),
    low: money(Math.min(...totals)),
    high: money(Math.max(...totals)),
  });
}

/** What is drawn: places on the axis, values with a gap (null) between pieces, and the instants that they are of. */
interface Drawn {
  readonly data: uPlot.AlignedData;
  readonly instants: readonly (number | null)[];
}

function drawnOf(points: readonly EquityPoint[], isDays: boolean): Drawn {
  const placeOf = isDays ? (at: number): number => at : sessionPlace;
  // A missing day is a weekend or a holiday, and no gap.
  const pieces = piecesOf(points, isDays ? () => 0 : sessionPlace);
  const rows = pieces.flatMap((piece, nth) => {
    const [first] = piece;
    const before = pieces[nth - 1]?.at(-1);
    const isFirst = before === undefined || first === undefined;
    const gap = isFirst ? [] : [{ place: (placeOf(before.at) + placeOf(first.at)) / 2, total: null, at: null }];
    return [...gap, ...piece.map(({ at, total }) => ({ place: placeOf(at), total, at }))];
  });
  return {
    data: [rows.map(({ place }) => place / 1000), rows.map(({ total }) => total)],
    instants: rows.map(({ at }) => at),
  };
}

function optionsOf(element: HTMLElement, isDays: boolean, drawn: () => Drawn): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const axis: uPlot.Axis = {
    stroke: color('--muted'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: Math.max(200, element.clientWidth),
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Asia/Shanghai'),
    legend: { show: false },
    cursor: { y: false, points: { size: 7 } },
    padding: [12, 22, 0, 0],
    scales: { x: { time: isDays }, y: { range: (_, low, high) => rangeOf(low, high) } },
    axes: [
      {
        ...axis,
        values: (_, splits) => splits.map((place) => (isDays ? moment(place * 1000).slice(5, 10) : timeMark(place))),
        ...(isDays ? {} : { incrs: MARK_STEPS }),
        space: 70,
        size: 34,
      },
      { ...axis, values: (_, splits) => splits.map(shortMoney), size: 76, space: 40 },
    ],
    series: [
      {},
      {
        stroke: color('--accent'),
        width: 2,
        fill: color('--accent-soft'),
        points: { size: 5, filter: () => lonely(drawn().instants) },
        spanGaps: false,
      },
    ],
    plugins: [readout(drawn)],
  };
}

/** Points without a neighbour: no line shows them. */
function lonely(values: Drawn['instants']): number[] {
  const isGap = (index: number): boolean => (values[index] ?? null) === null;
  return [...values.keys()].filter((index) => !isGap(index) && isGap(index - 1) && isGap(index + 1));
}

/** Seconds between two marks of the axis of a day: those at which full and half hours stand, of 9:15 too. */
const MARK_STEPS = [60, 300, 900, 1_800, 2_700, 5_400];

/** `HH:MM` of a place on the axis of a day; lunch, which takes no room, is both its ends. */
function timeMark(seconds: number): string {
  const ms = timeOfPlace(seconds * 1000);
  const text = moment(ms - SHANGHAI_MS).slice(11, 16);
  return text === '11:30' ? '11:30/13:00' : text;
}

/** A day on which nothing happened is a line in the middle, with room of a thousandth: not one between 0 and twice the account. */
function rangeOf(low: number | null, high: number | null): uPlot.Range.MinMax {
  if (low === null || high === null) return [null, null];
  const room = Math.max((high - low) * 0.1, Math.abs(high) * 0.001, 1);
  return [low - room, high + room];
}

function shortMoney(value: number): string {
  return Math.abs(value) >= 1e8 ? `${(value / 1e6).toFixed(1)}M` : money(value).replace(/\.00$/u, '');
}

/** The value under the pointer, in words. */
function readout(drawn: () => Drawn): uPlot.Plugin {
  const text = document.createElement('div');
  text.className = 'readout';
  return {
    hooks: {
      init: (plot) => {
        plot.over.append(text);
      },
      setCursor: ({ cursor: { idx }, data }) => {
        const at = idx === null || idx === undefined ? null : drawn().instants[idx];
        const value = idx === null || idx === undefined ? null : data[1]?.[idx];
        const isThere = at !== null && at !== undefined && value !== null && value !== undefined;
        text.textContent = isThere ? `${moment(at).slice(5, 16)}  ${money(value)}` : '';
      },
    },
  };
}

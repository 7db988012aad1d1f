import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { EquityPoint } from '../../../status/types.ts';
import { money, moment } from '../format.ts';
import { t } from '../words.ts';

const HEIGHT = 268;

export interface ChartProps {
  readonly points: readonly EquityPoint[];
  /** Points are days, not minutes. */
  readonly isDays: boolean;
}

/** The value of an account over time. */
export function Chart({ points, isDays }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = new uPlot(optionsOf(element, isDays), dataOf(points), element);
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [isDays]);
  useEffect(() => plot.current?.setData(dataOf(points)), [points]);
  return (
    <figure class="chart">
      <div ref={place} role="img" aria-label={summaryOf(points)} />
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

function dataOf(points: readonly EquityPoint[]): uPlot.AlignedData {
  return [points.map(({ at }) => at / 1000), points.map(({ total }) => total)];
}

function optionsOf(element: HTMLElement, isDays: boolean): uPlot.Options {
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
    scales: { x: { time: true }, y: { range: (_, low, high) => rangeOf(low, high) } },
    axes: [
      { ...axis, values: (_, splits) => splits.map((at) => timeMark(at, isDays)), space: 70, size: 34 },
      { ...axis, values: (_, splits) => splits.map(shortMoney), size: 76, space: 40 },
    ],
    series: [
      {},
      { stroke: color('--accent'), width: 2, fill: color('--accent-soft'), points: { show: false }, spanGaps: true },
    ],
    plugins: [readout()],
  };
}

/** A day on which nothing happened is a line in the middle, with room of a thousandth: not one between 0 and twice the account. */
function rangeOf(low: number | null, high: number | null): uPlot.Range.MinMax {
  if (low === null || high === null) return [null, null];
  const room = Math.max((high - low) * 0.1, Math.abs(high) * 0.001, 1);
  return [low - room, high + room];
}

function timeMark(seconds: number, isDays: boolean): string {
  const text = moment(seconds * 1000);
  return isDays ? text.slice(5, 10) : text.slice(11, 16);
}

function shortMoney(value: number): string {
  return Math.abs(value) >= 1e8 ? `${(value / 1e6).toFixed(1)}M` : money(value).replace(/\.00$/u, '');
}

/** The value under the pointer, in words. */
function readout(): uPlot.Plugin {
  const text = document.createElement('div');
  text.className = 'readout';
  return {
    hooks: {
      init: (plot) => {
        plot.over.append(text);
      },
      setCursor: ({ cursor: { idx }, data }) => {
        const at = idx === null || idx === undefined ? null : data[0][idx];
        const value = idx === null || idx === undefined ? null : data[1]?.[idx];
        const isThere = at !== null && at !== undefined && value !== null && value !== undefined;
        text.textContent = isThere ? `${moment(at * 1000).slice(5, 16)}  ${money(value)}` : '';
      },
    },
  };
}

import Table from 'cli-table3';
import { isMet, numberText } from './figure.ts';
import type { Row, Shape, Skipped, Target } from './figure.ts';
import type { Machine } from './machine.ts';
import type { Spread } from './stats.ts';

/** What became of one figure. */
export interface Outcome {
  readonly figure: string;
  /** Wall seconds it took. */
  readonly seconds: number;
  readonly rows: readonly (Row | Skipped)[];
  /** Why there are no rows; null when it went well. */
  readonly error: string | null;
}

export interface Report {
  readonly command: string;
  readonly machine: Machine;
  readonly outcomes: readonly Outcome[];
}

/** The lines above the table: how to get the same again, and on what. */
export function reportHead({ command, machine }: Report): string {
  const { node, cores, cpu, platform, memoryMb, load, date } = machine;
  return [
    `> ${command}`,
    `Node ${node}, ${cores} cores (${cpu}), ${memoryMb} MB, ${platform}, load before the run ${load}, ${date}`,
    'The cores are shared with whatever else runs: hold a number against the floor beside it, not against another day.',
  ].join('\n');
}

export function reportTable({ outcomes }: Report): string {
  const table = new Table({
    head: ['figure', 'measured', 'bare floor in the same run', 'target', 'result'],
    style: { head: [], border: [] },
  });
  for (const { rows } of outcomes) table.push(...rows.filter((row) => 'spread' in row).map(cells));
  return table.toString();
}

/** What is not in the table, and why: one line each; none when everything could be measured. */
export function reportGaps({ outcomes }: Report): string[] {
  return outcomes.flatMap(({ figure, rows, error }) => [
    ...(error === null ? [] : [`${figure} could not be measured: ${error}`]),
    ...rows.flatMap((row) => ('skipped' in row ? [`${row.what} was skipped: ${row.skipped}`] : [])),
  ]);
}

/** For `results.json`: the same, with whether each target was met. */
export function reportData(report: Report): object {
  const outcomes = report.outcomes.map((outcome) => ({
    ...outcome,
    rows: outcome.rows.map((row) =>
      'skipped' in row || row.target === null ? row : { ...row, target: { ...row.target, met: isMet(row.target) } },
    ),
  }));
  return { ...report, outcomes };
}

function cells({ what, unit, shape, spread, floor, target }: Row): Table.Cell[] {
  return [
    what,
    spreadText(spread, shape, unit),
    floor === null ? '' : `${floor.what}\n${spreadText(floor.spread, shape, unit)}`,
    target?.text ?? 'none',
    target === null ? '' : resultText(target),
  ];
}

function resultText(target: Target): string {
  return isMet(target) ? `${target.shown}, met` : `${target.shown}, MISSED`;
}

function spreadText({ count, min, p50, p99, max }: Spread, shape: Shape, unit: string): string {
  const numbers = shape === 'runs' ? [min, p50, max] : [p50, p99];
  const kind = shape === 'runs' ? `min/median/max of ${count}` : `p50/p99 of ${numberText(count)}`;
  return `${numbers.map(numberText).join(' / ')} ${unit}\n${kind}`;
}

import { describe, expect, test } from 'vitest';
import { atMost, isMet, numberText } from '../../../bench/figure.ts';
import type { Row } from '../../../bench/figure.ts';
import { chosenFigures, FIGURE_NAMES, loadFigure, PATIENT_FIGURES } from '../../../bench/figures.ts';
import { reportData, reportGaps, reportTable } from '../../../bench/report.ts';
import type { Report } from '../../../bench/report.ts';
import { spreadOf } from '../../../bench/stats.ts';

const ROW: Row = {
  what: 'a call',
  unit: 'ms',
  shape: 'runs',
  spread: spreadOf([1, 2, 30]),
  floor: { what: 'nothing at all', spread: spreadOf([0.5]) },
  target: atMost(20, 'ms', 'max', 30),
};

const REPORT: Report = {
  command: 'npm run bench',
  machine: { date: '', node: '', platform: '', cpu: '', cores: 2, memoryMb: 1, load: 0 },
  outcomes: [
    { figure: 'calls', seconds: 1, rows: [ROW, { what: 'memory', skipped: 'no /proc' }], error: null },
    { figure: 'start-up', seconds: 1, rows: [], error: 'it did not start' },
  ],
};

describe('the choice of figures', () => {
  test('is all of them when none is named, else those named in the order of the table', () => {
    expect(chosenFigures([])).toEqual(FIGURE_NAMES);
    expect(chosenFigures(['ticks', 'memory'])).toEqual(['memory', 'ticks']);
  });

  test('refuses what does not exist and says what does', () => {
    expect(() => chosenFigures(['ticks', 'tocks'])).toThrow(
      /No figure tocks\. Choose from: round-trips, .*ticks, .*seeds\./u,
    );
  });

  test('knows every figure that may run beside others', () => {
    expect(chosenFigures([...PATIENT_FIGURES])).toHaveLength(PATIENT_FIGURES.size);
  });

  test.each(FIGURE_NAMES)('%s can be loaded', async (name) => {
    expect(typeof (await loadFigure(name)).run).toBe('function');
  });
});

describe('targets', () => {
  test.each([
    ['at most', 20, true],
    ['at most', 20.1, false],
    ['at least', 20, true],
    ['at least', 19.9, false],
    ['at least', Number.NaN, false],
    ['at most', Number.NaN, false],
  ] as const)('%s 20 with %d', (is, measured, met) => {
    expect(isMet({ text: '', measured, is, limit: 20, shown: '' })).toBe(met);
  });
});

test.each([
  [0, '0'],
  [0.12345, '0.123'],
  [5.678, '5.68'],
  [123.456, '123'],
  [12_345.6, '12,346'],
  [1_000_000, '1,000,000'],
  [-1.5, '-1.5'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [Number.NaN, 'NaN'],
])('numberText(%d)', (value, text) => {
  expect(numberText(value)).toBe(text);
});

describe('the report', () => {
  test('marks a missed target in the table and in the data', () => {
    expect(reportTable(REPORT)).toMatch(/a call.*1 \/ 2 \/ 30 ms.*nothing at all.*max ≤ 20 ms.*30 ms, MISSED/u);
    expect(reportData(REPORT)).toMatchObject({ outcomes: [{ rows: [{ target: { met: false } }, {}] }, {}] });
  });

  test('says what is missing and why', () => {
    expect(reportGaps(REPORT)).toEqual([
      'memory was skipped: no /proc',
      'start-up could not be measured: it did not start',
    ]);
  });
});

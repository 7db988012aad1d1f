import { expect } from 'vitest';

import { decodeHistory } from '../../src/protocol/decode/history.ts';
import { decodeTable } from '../../src/protocol/decode/table.ts';
import type { Row } from './client-rows.ts';

interface Frame {
  readonly columns: readonly string[];
  readonly records: readonly (readonly unknown[])[];
  readonly column_tuples?: readonly (readonly [string, string])[];
}

const RENAMED: Readonly<Record<string, string>> = {
  preClose: 'pre_close',
  suspendFlag: 'paused',
  openInterest: 'open_interest',
  settelementPrice: 'settlement_price',
};

/** Every cell of the table, then the bars of each security that was asked for. */
export function checkHistory(payload: unknown, asked: Row): void {
  const frame = payload as Frame;
  const table = decodeTable(payload);
  expect(table.rows).toBe(frame.records.length);
  expect(table.index).toBeNull();
  expect(table.columns.map(({ field, code }) => [field, code])).toEqual(
    frame.column_tuples ?? frame.columns.map((column) => [column, null]),
  );
  table.columns.forEach(({ values }, i) => {
    expect(values).toEqual(frame.records.map((record) => record[i]));
  });
  const securities = Array.isArray(asked['security']) ? asked['security'] : [asked['security'] ?? '000001.XSHE'];
  for (const security of securities) checkBars(payload, frame, String(security));
}

function checkBars(payload: unknown, frame: Frame, security: string): void {
  const decode = (): ReturnType<typeof decodeHistory> => decodeHistory(payload, security);
  if (!/^\d{6}\.XSH[EG]$/.test(security)) {
    expect(decode).toThrow(expect.objectContaining({ code: 'BAD_SECURITY' }));
  } else if (frame.records.length === 0) {
    expect(decode().time).toHaveLength(0);
  } else if (!frame.columns.includes('time')) {
    // The reference's stub never sends times; the real back end leaves them out when fields are named.
    expect(decode).toThrow(expect.objectContaining({ code: 'NO_TIME_COLUMN' }));
  } else {
    checkColumns(decode(), frame);
  }
}

function checkColumns(bars: ReturnType<typeof decodeHistory>, frame: Frame): void {
  frame.columns.forEach((column, i) => {
    const cells = frame.records.map((record) => Number(record[i]));
    if (column === 'time') expect([...bars.time]).toEqual(cells);
    else if (column === 'settelementPrice')
      expect([...(bars.columns['settlement_price'] ?? [])]).toEqual(cells.map(() => Number.NaN));
    else expect([...(bars.columns[RENAMED[column] ?? column] ?? [])]).toEqual(cells);
  });
  expect(Object.keys(bars.columns)).toHaveLength(frame.columns.length - 1);
}

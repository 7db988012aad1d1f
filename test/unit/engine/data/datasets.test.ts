import { describe, expect, it } from 'vitest';
import type { DataRequest } from '../../../../src/domain/data/datasets.ts';
import { tableOf, texts } from '../../../../src/domain/data/table.ts';
import type { DataTable } from '../../../../src/domain/data/table.ts';
import { BtError } from '../../../../src/domain/errors.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { DatasetReader } from '../../../../src/engine/data/datasets.ts';

const AT = chinaInstant('2026-07-06', '10:15');
const HOUR = 3_600_000;
const stocks: DataRequest = { dataset: 'securities', params: { types: ['stock'], day: null } };
const ticks: DataRequest = {
  dataset: 'ticks',
  params: { security: '000001.XSHE', start: null, end: AT, count: 5, depth: false, skip: true },
};

/** A source that counts what it is asked, with answers of so many rows. */
function source(rows = 1) {
  const asked: [DataRequest, number][] = [];
  return {
    asked,
    failing: false,
    async table(request: DataRequest, asOf: number): Promise<DataTable> {
      asked.push([request, asOf]);
      if (this.failing) throw new BtError('TIMEOUT', 'The gateway is slow. Wait.', { fault: 'network' });
      return tableOf({ code: texts(Array.from({ length: rows }, () => 'x')) });
    },
  };
}

describe('DatasetReader', () => {
  it('asks once for the same question within an hour, with the logical time', async () => {
    const data = source();
    const reader = new DatasetReader(data);
    await Promise.all([reader.read(stocks, AT), reader.read(structuredClone(stocks), AT + 60_000)]);
    await reader.read(stocks, AT + 20 * 60_000);
    expect(data.asked).toEqual([[stocks, AT]]);
    await reader.read(stocks, AT + HOUR);
    expect(data.asked).toHaveLength(2);
  });

  it('asks each time for what changes each moment', async () => {
    const data = source();
    const reader = new DatasetReader(data);
    await reader.read(ticks, AT);
    await reader.read(ticks, AT);
    expect(data.asked).toHaveLength(2);
  });

  it('throws a failure and does not keep it', async () => {
    const data = source();
    const reader = new DatasetReader(data);
    data.failing = true;
    await expect(reader.read(stocks, AT)).rejects.toMatchObject({ code: 'TIMEOUT' });
    data.failing = false;
    expect((await reader.read(stocks, AT)).rows).toBe(1);
  });

  it('forgets what was asked for longest ago when the answers become too many', async () => {
    const data = source(600_000);
    const reader = new DatasetReader(data);
    const of = (type: string): DataRequest => ({ dataset: 'securities', params: { types: [type], day: null } });
    for (const type of ['stock', 'etf', 'stock', 'lof']) await reader.read(of(type), AT);
    expect(data.asked).toHaveLength(3);
    await reader.read(of('stock'), AT);
    expect(data.asked).toHaveLength(3);
    await reader.read(of('etf'), AT);
    expect(data.asked).toHaveLength(4);
  });

  it('refuses a question that is none before anybody is asked', () => {
    const data = source();
    const wrong = { dataset: 'securities', params: { types: 'stock', day: null } } as unknown as DataRequest;
    expect(() => new DatasetReader(data).read(wrong, AT)).toThrow(
      expect.objectContaining({ code: 'BAD_DATA_REQUEST' }),
    );
    expect(data.asked).toEqual([]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { get_extras, get_money_flow, get_security_info, order, set_universe } from 'jqdata';
import { bindHost } from '../../../../runtime/host.ts';
import type { DataRequest } from '../../../../src/domain/data/datasets.ts';
import { numbers, tableOf, texts, type DataTable } from '../../../../src/domain/data/table.ts';
import { BtError } from '../../../../src/domain/errors.ts';
import { readingAhead } from '../../../../src/engine/data/reading-ahead.ts';
import { FakeHost } from '../../runtime/fake-host.ts';

const CODES = Array.from({ length: 100 }, (_, i) => `${600_000 + i}.XSHG`);

let host: FakeHost;

beforeEach(() => {
  host = new FakeHost();
  bindHost(
    readingAhead(host, () => 0),
    () => null,
  );
  set_universe(CODES);
});

const asked = ({ params }: DataRequest): readonly string[] => ('securities' in params ? (params.securities ?? []) : []);
const sizes = (): number[] => host.tablesAsked.map((request) => asked(request).length);
const valueOf = (code: string): number => Number(code.slice(0, 6));

/** Two days of each, day by day. */
function flows(request: DataRequest): DataTable {
  const codes = [...asked(request), ...asked(request)];
  return tableOf({
    date: numbers(
      'day',
      codes.map((_, i) => (i < codes.length / 2 ? 1 : 2) * 86_400_000),
    ),
    sec_code: texts(codes),
    change_pct: numbers('float', codes.map(valueOf)),
  });
}

describe('a loop over the tables of securities', () => {
  it('asks about one, two, four … of the list that it walks, and gives each its own rows', () => {
    host.table = flows;
    for (const code of CODES.slice(0, 31)) {
      const flow = get_money_flow(code, null, '2026-07-03', ['sec_code', 'change_pct'], 2);
      expect(flow.change_pct.tolist()).toEqual([valueOf(code), valueOf(code)]);
      expect(flow.sec_code.tolist()).toEqual([code, code]);
    }
    expect(sizes()).toEqual([1, 2, 4, 8, 16]);
  });

  it('goes on over an order, for what was known when the hook began stays the same', () => {
    host.table = flows;
    for (const code of CODES.slice(0, 7)) {
      get_money_flow(code, null, '2026-07-03', ['change_pct'], 2);
      order(code, 100);
    }
    expect(sizes()).toEqual([1, 2, 4]);
  });

  it('gives a security that nobody knows no row, as it would have alone', () => {
    host.table = (request) => {
      const known = asked(request).filter((code) => code !== CODES[2]);
      const days = numbers(
        'day',
        known.map(() => 0),
      );
      return tableOf({
        code: texts(known),
        display_name: texts(known),
        name: texts(known),
        start_date: days,
        end_date: days,
        type: texts(known),
      });
    };
    const found = CODES.slice(0, 4).map((code) => get_security_info(code, '2026-07-01')?.code);
    expect(found).toEqual([CODES[0], CODES[1], undefined, CODES[3]]);
    expect(sizes()).toEqual([1, 2, 4]);
  });

  it('asks alone when a question about many fails', () => {
    host.table = (request) => {
      if (asked(request).length > 1) throw new BtError('REQUEST_FAILED', 'too many', { fault: 'venue' });
      return tableOf({ day: numbers('day', [0]), code: texts(asked(request)), value: numbers('float', [1]) });
    };
    for (const code of CODES.slice(0, 3)) {
      expect(get_extras('is_st', [code], { end_date: '2026-07-03', count: 1 }).values.flat()).toEqual([true]);
    }
    expect(sizes()).toEqual([1, 2, 1, 2, 1]);
  });
});

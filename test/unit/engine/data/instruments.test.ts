import { beforeEach, describe, expect, it } from 'vitest';
import type { SecurityInfo } from '../../../../src/domain/trading.ts';
import { Instruments } from '../../../../src/engine/data/instruments.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';

const DAY = '2026-07-06';
const CODES = Array.from({ length: 300 }, (_, i) => `${600_000 + i}.XSHG`);

let asked: string[];
let open: number;
let most: number;
let answer: (security: string) => SecurityInfo | null;
let instruments: Instruments;

beforeEach(() => {
  asked = [];
  open = 0;
  most = 0;
  answer = info;
  instruments = new Instruments({
    async securityInfo(security) {
      asked.push(security);
      most = Math.max(most, (open += 1));
      await nextTurn();
      open -= 1;
      return answer(security);
    },
  });
});

function info(security: string): SecurityInfo {
  return { security, displayName: `N${security}`, name: 'N', type: 'stock', startDate: null, endDate: null };
}

describe('master data', () => {
  it('is asked for once a day, however it is spelt', async () => {
    for (const code of ['600000.XSHG', '600000.SH', '600000.XSHG'])
      expect((await instruments.info(code, DAY))?.displayName).toBe('N600000.XSHG');
    expect(asked).toEqual(['600000.XSHG']);
    await instruments.info('600000.XSHG', '2026-07-07');
    expect(asked).toHaveLength(2);
  });

  it('of a list whose quotes were read together comes together, 16 at a time', async () => {
    instruments.readTogether(CODES);
    instruments.readTogether(['510300.XSHG']);
    for (const code of CODES) expect((await instruments.info(code, DAY))?.security).toBe(code);
    expect([...asked].toSorted()).toEqual(CODES);
    expect(most).toBe(16);
    await instruments.info('000001.XSHE', DAY);
    expect(asked).toHaveLength(CODES.length + 1);
  });

  it('that nobody has, or that failed, is asked for again', async () => {
    instruments.readTogether(['600000.XSHG', '600001.XSHG']);
    answer = (security) => {
      if (security === '600001.XSHG') throw new Error('down');
      return null;
    };
    expect(await instruments.info('600000.XSHG', DAY)).toBeNull();
    await expect(instruments.info('600001.XSHG', DAY)).rejects.toThrow('down');
    answer = info;
    for (const code of ['600000.XSHG', '600001.XSHG']) expect((await instruments.info(code, DAY))?.security).toBe(code);
  });

  it('of a malformed code is the author’s error', () => {
    expect(() => instruments.info('banana', DAY)).toThrow('banana');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Batch } from '../../../../../src/server/adapters/qmt/batch.ts';
import { LineSplitter } from '../../../../../src/server/adapters/qmt/line-splitter.ts';
import { OrderErrors } from '../../../../../src/server/adapters/qmt/order-errors.ts';
import { FakeTimers } from '../../../platform/fake-timers.ts';

describe('lines of the bridge', () => {
  test('come whole, whatever the chunks', () => {
    const lines = fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', '')));
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 9 }), (texts, size) => {
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
        const splitter = new LineSplitter(1_000_000);
        const found: string[] = [];
        for (let at = 0; at < bytes.length; at += size)
          found.push(...splitter.push(bytes.subarray(at, at + size)).map((line) => line.toString()));
        expect(found).toEqual(texts);
        expect(splitter.rest()).toHaveLength(0);
      }),
    );
  });

  test('one that never ends comes in pieces: no memory grows', () => {
    const splitter = new LineSplitter(10);
    const pieces = Array.from({ length: 100 }, () => splitter.push(Buffer.from('abcdef'))).flat();
    expect(pieces.length).toBeGreaterThan(40);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(16);
  });
});

describe('questions of one turn', () => {
  test('are asked together by kind, those of the next turn again', async () => {
    const asked: [string, readonly string[]][] = [];
    const batch = new Batch(async (kind, keys) => {
      asked.push([kind, keys]);
      return new Map(keys.filter((key) => key !== 'none').map((key) => [key, `${kind}${key}`]));
    }, 100);
    const ask = (kind: string, key: string): Promise<string | undefined> => batch.of(kind, key);
    expect(await Promise.all([ask('a', '1'), ask('a', '2'), ask('b', '1'), ask('a', 'none')])).toEqual([
      'a1',
      'a2',
      'b1',
      undefined,
    ]);
    expect(await ask('a', '1')).toBe('a1');
    expect(asked).toEqual([
      ['a', ['1', '2', 'none']],
      ['b', ['1']],
      ['a', ['1']],
    ]);
  });

  test('are no more than so many; a failure is everybody’s who asked, and not of the next', async () => {
    const sizes: number[] = [];
    let fails = true;
    const batch = new Batch<number>(async (_, keys) => {
      sizes.push(keys.length);
      if (fails) throw new Error('away');
      return new Map(keys.map((key) => [key, 1]));
    }, 2);
    const three = Promise.allSettled(['1', '2', '3'].map((key) => batch.of('', key)));
    expect((await three).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(sizes).toEqual([2, 1]);
    fails = false;
    expect(await batch.of('', '1')).toBe(1);
  });
});

describe('reasons of refusals', () => {
  const row = { account_id: '1', order_id: '-1', error_id: 7, error_msg: '资金不足', order_remark: 'bt:abc' };

  test('find who asks before and after they come, each once', async () => {
    const errors = new OrderErrors(new FakeTimers());
    const before = errors.ofRemark('bt:abc');
    errors.add(row);
    expect((await before)?.error_msg).toBe('资金不足');
    errors.add({ ...row, order_remark: 'bt:later' });
    expect((await errors.ofRemark('bt:later'))?.error_msg).toBe('资金不足');
  });

  test('one that does not come is none, and what cannot be read is no reason', async () => {
    const timers = new FakeTimers();
    const errors = new OrderErrors(timers);
    expect(errors.add('nothing')).toBeNull();
    const waiting = errors.ofRemark('bt:abc');
    errors.add({ ...row, order_remark: 'another' });
    await timers.advance(1000);
    expect(await waiting).toBeNull();
  });
});

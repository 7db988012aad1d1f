import { describe, expect, test } from 'vitest';
import { log, print } from 'jqdata';
import { logText } from '../../../../runtime/api/log.ts';
import { bindFake } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

describe('the text of a log call', () => {
  test.each<[readonly unknown[], string]>([
    [['plain'], 'plain'],
    [['涨幅 100%'], '涨幅 100%'],
    [['%s: %.2f', '000001.XSHE', 10.5], '000001.XSHE: 10.50'],
    [['%d 股, %5.1f%%', 100, 3.12], '100 股,   3.1%'],
    [['Sell', '000001.XSHE', 100], 'Sell 000001.XSHE 100'],
    [['%s %s', 'one'], '%s %s one'],
    [['%s', 'one', 'two'], '%s one two'],
    [['%d', 'not a number'], '%d not a number'],
    [['order_id=%s', undefined], 'order_id=None'],
    [['failed: %s', new Error('no link')], 'failed: no link'],
    [[{ a: [1, 'x', null] }, true], "{'a': [1, 'x', None]} True"],
    [['%(code)s %(n)d', { code: 'A', n: 3 }], 'A 3'],
    [[], ''],
  ])('%j', (values, text) => {
    expect(logText(values)).toBe(text);
  });
});

describe('log', () => {
  test('each level is a line of the strategy at the logical time', () => {
    const host = bindFake();
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.warning('d');
    log.error('e');
    print('f', 1, [2]);
    expect(host.lines.map(({ level, text }) => [level, text])).toEqual([
      ['debug', 'a'],
      ['info', 'b'],
      ['warning', 'c'],
      ['warning', 'd'],
      ['error', 'e'],
      ['info', 'f 1 [2]'],
    ]);
    expect(host.lines.every((line) => line.source === 'strategy' && line.time === host.context.logicalTime)).toBe(true);
  });

  test('set_level silences one source and tells the engine', () => {
    const host = bindFake();
    log.set_level('strategy', 'warning');
    log.info('quiet');
    log.warn('loud');
    log.set_level('order', 'error');
    expect(host.texts()).toEqual(['loud']);
    expect(host.settings).toEqual([
      ['log.set_level', { name: 'strategy', level: 'warning' }],
      ['log.set_level', { name: 'order', level: 'error' }],
    ]);
    bindFake();
    log.info('a new run starts at debug');
  });

  test('a level or a name that does not exist is refused', () => {
    bindFake();
    const set = untyped(log.set_level);
    expect(codeOf(() => set('strategy', 'loud')).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => set('orders', 'info')).message).toContain('history');
  });
});

import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { date, OrderStatus } from 'jqdata';
import { fixed } from '../../../../runtime/text/fixed.ts';
import { percentFormat } from '../../../../runtime/text/percent-format.ts';
import { pyRepr, pyStr } from '../../../../runtime/text/python-text.ts';
import { padEnd, padStart, textWidth } from '../../../../runtime/text/width.ts';

const AT = DateTime.fromISO('2026-07-06T09:35:00.000+08:00', { zone: 'Asia/Shanghai' });

describe("Python's str and repr", () => {
  test.each<[unknown, string, string]>([
    ["it's", "it's", `"it's"`],
    ['a\n', 'a\n', String.raw`'a\n'`],
    [1.5, '1.5', '1.5'],
    [-0, '0', '0'],
    [Number.NaN, 'nan', 'nan'],
    [Number.NEGATIVE_INFINITY, '-inf', '-inf'],
    [null, 'None', 'None'],
    [undefined, 'None', 'None'],
    [false, 'False', 'False'],
    [12n, '12', '12'],
    [[], '[]', '[]'],
    [[1, ['x']], "[1, ['x']]", "[1, ['x']]"],
    [{ 'a-b': 1 }, "{'a-b': 1}", "{'a-b': 1}"],
    [new Map([[1, 'x']]), "{1: 'x'}", "{1: 'x'}"],
    [new Set(['x']), "{'x'}", "{'x'}"],
    [new Set(), 'set()', 'set()'],
    [Float64Array.of(1, Number.NaN), '[1, nan]', '[1, nan]'],
    [AT, '2026-07-06 09:35:00', 'datetime.datetime(2026, 7, 6, 9, 35)'],
    [AT.toJSDate(), '2026-07-06 09:35:00', 'datetime.datetime(2026, 7, 6, 9, 35)'],
    [AT.plus(1250), '2026-07-06 09:35:01.250000', 'datetime.datetime(2026, 7, 6, 9, 35, 1)'],
    [date(2026, 7, 6), '2026-07-06', '2026-07-06'],
    [OrderStatus.held, 'held', 'held'],
    [new TypeError('bad'), 'bad', "TypeError('bad')"],
    [pyStr, '<function pyStr>', '<function pyStr>'],
  ])('%s', (value, str, repr) => {
    expect(pyStr(value)).toBe(str);
    expect(pyRepr(value)).toBe(repr);
  });

  test('a class prints its name, or its own toString', () => {
    class Plan {
      readonly code = 'A';
    }
    class Named {
      toString(): string {
        return 'named';
      }
    }
    expect(pyStr(new Plan())).toBe("Plan({'code': 'A'})");
    expect(pyStr([new Named()])).toBe('[named]');
  });

  test('something that holds itself ends', () => {
    const list: unknown[] = [1];
    list.push(list, { list });
    expect(pyStr(list)).toBe("[1, [...], {'list': [...]}]");
    const twice = [1];
    expect(pyStr([twice, twice])).toBe('[[1], [1]]');
  });
});

describe('% formatting', () => {
  test.each<[string, readonly unknown[], string | null]>([
    ['%5d|%-5d|%05d', [42, 42, -42], '   42|42   |-0042'],
    ['%+.2f % d', [1.005, 3], '+1.00  3'],
    ['%e %.1E', [12_345.678, 0.00012], '1.234568e+04 1.2E-04'],
    ['%g %g %g %g', [0.0001, 1e-5, 1_234_567, 100], '0.0001 1e-05 1.23457e+06 100'],
    ['%x %X %o', [255, 255, 8], 'ff FF 10'],
    ['%r %s', ['x', 'x'], "'x' x"],
    ['%.3s|%10s|%-6s|', ['abcdef', 'x', 'y'], 'abc|         x|y     |'],
    ['%d', [3.99], '3'],
    ['%d', [true], '1'],
    ['%f', [Number.NaN], 'nan'],
    ['%.0f', [2.5], '2'],
    ['%%', [], '%'],
    ['%s', [], null],
    ['%d', ['x'], null],
  ])('%s of %j', (format, values, text) => {
    expect(percentFormat(format, values)).toBe(text);
  });
});

describe('fixed decimals', () => {
  test.each([
    [0.125, 2, '0.12'],
    [0.375, 2, '0.38'],
    [2.5, 0, '2'],
    [3.5, 0, '4'],
    [-0.125, 2, '-0.12'],
    [1.005, 2, '1.00'],
    [10, 2, '10.00'],
  ])('%f with %d', (value, digits, text) => {
    expect(fixed(value, digits)).toBe(text);
  });

  test('never further from the value than half of the last digit', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 6 }), (value, digits) => {
        expect(Math.abs(Number(fixed(value, digits)) - value)).toBeLessThanOrEqual(
          0.5 * 10 ** -digits + 1e-6 * 2 ** -20,
        );
      }),
    );
  });
});

test('wide characters take two columns', () => {
  expect(textWidth('平安A')).toBe(5);
  expect(padStart('平安', 6)).toBe('  平安');
  expect(padEnd('平安', 6)).toBe('平安  ');
});

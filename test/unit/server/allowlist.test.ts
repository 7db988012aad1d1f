import { describe, expect, test } from 'vitest';
import { admission, parseAllowlist } from '../../../src/server/allowlist.ts';

describe('the allow-list', () => {
  test('an empty one admits everybody', () => {
    expect(admission([])('203.0.113.9')).toBe(true);
  });

  test.each([
    ['192.168.1.5', '192.168.1.5', true],
    ['192.168.1.5', '192.168.1.6', false],
    ['10.0.0.0/8', '10.200.3.4', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['::1', '::1', true],
    ['::1', '::2', false],
    ['fd00::/8', 'fd12:3456::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['2001:db8::5', '2001:0db8:0:0:0:0:0:5', true],
    ['192.168.1.5', '::ffff:192.168.1.5', true],
    ['::ffff:192.168.1.5', '192.168.1.5', true],
    ['::ffff:10.0.0.0/104', '10.9.9.9', true],
    ['10.0.0.0/8', '::1', false],
    ['fe80::1', 'fe80::1%eth0', true],
    ['[::1]', '::1', true],
    ['0.0.0.0/0', '203.0.113.9', true],
  ])('%s and %s: %s', (entry, address, admitted) => {
    expect(admission([entry])(address)).toBe(admitted);
  });

  test('one match is enough, and nonsense never gets in', () => {
    const admit = admission(['10.0.0.0/8', '::1']);
    expect(admit('10.1.1.1')).toBe(true);
    expect(admit('::1')).toBe(true);
    expect(admit('')).toBe(false);
    expect(admit('localhost')).toBe(false);
  });

  test.each([
    '',
    'localhost',
    '10.0.0.0/33',
    '::1/129',
    '10.0.0',
    '10.0.0.0/',
    '10.0.0.0/8/9',
    '10.0.0.0/-1',
    '::ffff:10.0.0.0/8',
  ])('the entry %j stops the start instead of being dropped', (entry) => {
    expect(() => admission([entry])).toThrow(expect.objectContaining({ code: 'BAD_ALLOWLIST', fault: 'config' }));
  });

  test('entries are separated by comma or semicolon', () => {
    expect(parseAllowlist(' 10.0.0.0/8, ::1;192.168.1.5 ;')).toEqual(['10.0.0.0/8', '::1', '192.168.1.5']);
  });
});

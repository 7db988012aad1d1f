import { expect, test } from 'vitest';
import { read_file, write_file } from 'jqdata';
import { bindFake } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

test('a text is written as UTF-8 and read as bytes, which decode makes a text of', () => {
  const host = bindFake();
  write_file('list.csv', '代码\n000001');
  write_file('list.csv', '\n600000', true);
  expect(new TextDecoder().decode(host.files.get('list.csv'))).toBe('代码\n000001\n600000');
  const bytes = read_file('list.csv');
  expect(bytes.decode()).toBe('代码\n000001\n600000');
  expect([bytes.length, bytes[0]]).toEqual([20, 0xe4]);
  expect(String(bytes)).toBe('<20 bytes: decode() makes a text of them>');
});

test('bytes are written as they are; a GBK file is read by its encoding', () => {
  const host = bindFake();
  write_file('a.bin', Uint8Array.of(0xb4, 0xfa));
  expect([...(host.files.get('a.bin') ?? [])]).toEqual([0xb4, 0xfa]);
  expect(read_file('a.bin').decode('gbk')).toBe('代');
  expect(codeOf(() => read_file('a.bin').decode()).code).toBe('BAD_ARGUMENT');
  expect(codeOf(() => read_file('a.bin').decode('klingon')).code).toBe('BAD_ARGUMENT');
});

test('what is neither text nor bytes is refused, and nothing is written', () => {
  const host = bindFake();
  for (const content of [{ a: 1 }, 7, null, ['x']])
    expect(codeOf(() => untyped(write_file)('x', content)).code).toBe('BAD_ARGUMENT');
  expect(host.files.size).toBe(0);
});

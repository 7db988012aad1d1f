import { describe, expect, test } from 'vitest';
import { loadLibrary } from '../../../runtime/libraries/index.ts';
import { LIBRARY_NAMES, libraryOf } from '../../../runtime/libraries/names.ts';
import type { LibraryName } from '../../../runtime/libraries/names.ts';
import { codeOf, untyped } from './helpers.ts';

const names = Object.keys(LIBRARY_NAMES) as LibraryName[];
const byName = (a: string, b: string): number => (a < b ? -1 : 1);

describe('a library of JoinQuant', () => {
  test.each(names)('%s exports exactly the names that a build knows', async (name) => {
    const exported = Object.keys(await loadLibrary(name)).filter((one) => one !== 'default');
    expect([...LIBRARY_NAMES[name]].sort(byName)).toEqual(exported.sort(byName));
  });

  test('what of jqlib.alpha191 JoinQuant does not calculate either says why, and what to do instead', async () => {
    const library = await loadLibrary('jqlib.alpha191');
    for (const one of ['alpha_030', 'alpha_143', 'alpha_165', 'alpha_183']) {
      const error = codeOf(() => untyped(library[one])('000001.XSHE', '2026-07-03'));
      expect(error.code).toBe('UNSUPPORTED');
      expect(error.message).toMatch(
        new RegExp(`^jqlib\\.alpha191\\.${one} is not supported\\. .{20,} Write the formula .+[.]$`),
      );
    }
  });

  test('is found under its name with dots or slashes; others are not ours', () => {
    expect(libraryOf('jqlib/technical_analysis')).toBe('jqlib.technical_analysis');
    expect(libraryOf('talib')).toBe('talib');
    for (const other of ['jqlib/other', 'toString', './talib', 'talib/x']) expect(libraryOf(other)).toBeNull();
  });
});

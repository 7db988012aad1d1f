import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oldNoProse, readCatalogs, textsByCatalog } from '../../../scripts/words/catalogs.ts';
import { compare } from '../../../scripts/words/compare.ts';
import { readCatalog } from '../../../src/words/catalog.ts';
import { Translator } from '../../../src/words/translator.ts';

const { texts, words } = readCatalog();

/** Places side by side are one: where one ends and the next begins no text tells. */
function joined(template: string): string {
  return template.replaceAll(/\{\d+\}(?:\{\d+\})+/gu, (run) => run.slice(0, run.indexOf('}') + 1));
}

function placesOf(template: string): string[] {
  return [...template.matchAll(/\{\d+\}/gu)].map(([place]) => place);
}

function filled(template: string, values: ReadonlyMap<string, string>): string {
  return template.replaceAll(/\{\d+\}/gu, (place) => values.get(place) ?? place);
}

describe('the catalogs of Chinese texts', () => {
  const found = textsByCatalog();

  test('have every text of the sources, with the same places, and nothing else (npm run words says what is missing)', () => {
    expect(compare(found, readCatalogs())).toEqual({ missing: {}, orphans: {}, unequal: {} });
  });

  test('know as no prose only what is still in the sources', () => {
    expect(oldNoProse()).toEqual([]);
  });

  test('are in Chinese', () => {
    const english = [...texts].filter(([, chinese]) => !/[\u3400-\u9fff]/u.test(chinese));
    // Signs, abbreviations and what is the same in both.
    expect(english.filter(([key]) => (key.match(/[a-z]{3,}/gu) ?? []).length > 3)).toEqual([]);
  });

  test('keep places together that stand side by side', () => {
    for (const [key, chinese] of texts) {
      for (const [run] of key.matchAll(/(?:\{\d+\}){2,}/gu)) expect(chinese, key).toContain(run);
    }
  });

  test('hold no single word that is a text too, with another meaning', () => {
    const same = [...words].filter(([word, chinese]) => texts.has(word) && texts.get(word) !== chinese);
    expect(same).toEqual([]);
  });
});

describe('a text that was filled', () => {
  // Each template's Chinese says only which one it is, and what stands in its places.
  // The program's name before an error is not looked at.
  const said = [...texts.keys()].filter((key) => !/^bt: (?:\{\d+\})+$/u.test(key));
  const keys = [...new Map(said.map((key) => [joined(key), key])).values()];
  const marked = new Map(keys.map((key, at) => [key, `〈${at}${placesOf(key).join('|')}〉`]));
  const translator = new Translator(marked, new Map());
  const value = fc.oneof(
    fc.integer({ min: 0, max: 99_999 }).map(String),
    fc.integer({ min: 0, max: 999_999 }).map((code) => `${String(code).padStart(6, '0')}XSHG`),
    fc.constantFrom('QMT_SERVER_HOST', 'K3V9', 'X'),
  );

  test('is found as the template that it was made of, each value in its place', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 16, maxLength: 16 }), (some) => {
        for (const key of keys) {
          const inRun = new Set([...key.matchAll(/(?<=\})\{\d+\}/gu)].map(([place]) => place));
          // Behind a side stands an amount.
          const first = /^(?:buy|sell) \{/u.test(key) ? '100' : null;
          const values = new Map(
            placesOf(key).map((place, at) => [
              place,
              inRun.has(place) ? '' : ((at === 0 ? first : null) ?? some[at] ?? ''),
            ]),
          );
          const got = translator.translate(filled(key, values));
          // Of places side by side the last one takes it all.
          const bare = (text: string): string => text.replaceAll('|', '');
          expect(bare(got.replace(/^bt: /u, '')), key).toBe(bare(filled(marked.get(key) ?? '', values)));
        }
      }),
      { numRuns: 5 },
    );
  });
});

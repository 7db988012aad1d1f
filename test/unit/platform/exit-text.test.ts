import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cleanData,
  cleanLine,
  cleanScreen,
  cleanText,
  keepSecret,
  WHOLE_DATA,
} from '../../../src/platform/exit-text.ts';

const SECRET = 'k3Jd"82hsQ9/xZ é';
keepSecret(SECRET);
keepSecret('stub');

const isControl = (text: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- what must not be there
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u.test(text);

describe('a secret', () => {
  test.each([SECRET, JSON.stringify(SECRET), encodeURIComponent(SECRET)])('is hidden in the form %s', (form) => {
    expect(cleanText(`before ${form} after`)).toMatch(/^before "?\*\*\*"? after$/u);
  });

  test('is hidden wherever the text is cut, whatever stands before it', () => {
    const piece = fc.oneof(fc.constant(SECRET), fc.string({ maxLength: 30 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 120 }), (pieces, longest) => {
        // A part of it that comes by chance is no leak of it.
        const shown = cleanText(pieces.join(' '), longest);
        const heads = Array.from({ length: SECRET.length - 4 }, (_, i) => SECRET.slice(0, i + 5));
        expect(heads.some((head) => shown.includes(head))).toBe(false);
      }),
    );
  });

  test('that is a word of ours stays', () => {
    expect(cleanText('the stub speaks')).toBe('the stub speaks');
  });
});

test('no control code, no turned direction of writing and no half character is left of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(isControl(cleanText(text))).toBe(false);
      expect(cleanText(text).isWellFormed()).toBe(true);
      expect(cleanLine(text)).not.toContain('\n');
    }),
  );
  expect(cleanText('a\u001b]0;owned\u0007b\r\nc\td \u202egnp.exe \ud800')).toBe('a?]0;owned?b\nc\td ?gnp.exe ?');
});

test('a text is cut to its measure and says how long it was', () => {
  expect(cleanText('x'.repeat(3_000_000), 10)).toBe('xxxxxxxxxx… (3000000 characters)');
  expect(cleanLine('one\n  two')).toBe('one two');
});

test('what was composed for a terminal keeps its colours and nothing else', () => {
  expect(cleanScreen('\u001b[32mok\u001b[39m \u001b[2J\u001b]8;;x\u0007')).toBe('\u001b[32mok\u001b[39m ?[2J?]8;;x?');
  expect(cleanScreen(`\u001b[31m${SECRET}\u001b[39m`)).toBe('\u001b[31m***\u001b[39m');
});

describe('data', () => {
  test('is clean at any depth, also in keys', () => {
    const clean = cleanData({ [`k ${SECRET}`]: [{ a: `\u001b[2J${SECRET}` }], myToken: 'anything', n: 1, no: null });
    expect(clean).toEqual({ 'k ***': [{ a: '?[2J***' }], myToken: '***', n: 1, no: null });
  });

  test('of a log entry is cut in depth and width, that of a report is whole', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(JSON.stringify(cleanData(cycle))).toContain('…');
    const many = Array.from({ length: 5_000 }, (_, i) => i);
    expect(cleanData(many)).toHaveLength(1_000);
    expect(cleanData(many, WHOLE_DATA)).toHaveLength(5_000);
  });
});

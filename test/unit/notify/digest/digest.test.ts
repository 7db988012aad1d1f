import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Digest } from '../../../../src/notify/digest/digest.ts';
import { draws, findFonts } from '../../../../src/notify/digest/font.ts';
import { fontCoverage } from '../../../../src/notify/digest/font-file.ts';
import { digestPicture } from '../../../../src/notify/digest/picture.ts';
import { digestSvg } from '../../../../src/notify/digest/svg.ts';
import { digestText } from '../../../../src/notify/digest/text.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const DIGEST: Digest = {
  day: '2026-07-06',
  orders: { asked: 6, filled: 3, partly: 1, refused: 1, open: 0, unknown: 1 },
  fills: { count: 4, bought: 12_345.6, sold: 609.1, fees: 15.01 },
  totalValue: 1_000_000,
  cash: 250_000,
  profit: { money: -1_234.5, share: -0.0012, since: '2026-07-03' },
  positions: [
    { security: '000001.XSHE', name: '平安银行', amount: 1_000, value: 11_000, gain: 0.0213 },
    { security: '518880.XSHG', name: null, amount: 100, value: null, gain: null },
  ],
  values: [
    { day: '2026-07-03', value: 1_001_234.5 },
    { day: '2026-07-06', value: 1_000_000 },
  ],
  differences: ['UNKNOWN: buy 100 000002.XSHE'],
};

/** A font of this machine, if it has one: the picture is tested where there is something to draw with. */
const [FONT] = findFonts(null);

describe('the day in words', () => {
  test('has orders, fills, change, holdings and what to look at', () => {
    expect(digestText(DIGEST, true).split('\n')).toEqual([
      'Orders: 6 (3 filled, 1 partly, 1 refused, 1 of UNKNOWN fate)',
      'Fills: 4, bought 12,345.60, sold 609.10, fees 15.01',
      'Change since 2026-07-03: -1,234.50 (-0.12 %)',
      'Total value 1,000,000.00, cash 250,000.00',
      'Positions: 2',
      '000001.XSHE 平安银行, 1,000, 11,000.00, +2.13 %',
      '518880.XSHG, 100',
      'To look at:',
      '- UNKNOWN: buy 100 000002.XSHE',
    ]);
  });

  test('without amounts has shares of the whole and no money', () => {
    const text = digestText(DIGEST, false);
    expect(text).not.toMatch(/1,000|12,345|250,000/u);
    expect(text).toContain('Cash 25.00 % of the whole');
    expect(text).toContain('000001.XSHE 平安银行, 1.10 %, +2.13 %');
    expect(digestSvg(DIGEST, 'bt demo', false, () => true)).not.toMatch(/1,000,000|1,234/u);
  });

  test('has no sign before a change that rounds to zero', () => {
    const text = digestText({ ...DIGEST, profit: { money: -0.001, share: -0.00001, since: '2026-07-03' } }, true);
    expect(text).toContain('Change since 2026-07-03: 0.00 (0.00 %)');
  });

  test('says what is not known, and takes nothing for zero', () => {
    const empty = { ...DIGEST, totalValue: null, cash: null, profit: null, positions: [], differences: [] };
    const text = digestText({ ...empty, fills: { ...DIGEST.fills, fees: null } }, true);
    expect(text).toContain('The account could not be read.');
    expect(text).toContain('fees not known');
  });
});

describe('the day as a picture', () => {
  test('escapes what would be markup, and leaves out what the font does not draw', () => {
    const nasty = { ...DIGEST, positions: [{ ...DIGEST.positions[0], name: '<b>&"' } as never] };
    expect(digestSvg(nasty, 'bt', true, () => true)).toContain('&lt;b&gt;&amp;&quot;');
    const latin = digestSvg(DIGEST, 'bt', true, (text) => /^[\x20-\x7e]*$/u.test(text));
    expect(latin).toContain('000001.XSHE');
    expect(latin).not.toContain('平安银行');
    expect(digestSvg(DIGEST, 'PAPER bt 策略', true, (text) => /^[\x20-\x7e]*$/u.test(text))).toContain(
      'PAPER bt   2026-07-06',
    );
  });

  test('is well formed whatever the day was', () => {
    const value = fc.oneof(fc.constant(null), fc.double({ min: -1e9, max: 1e12, noNaN: true }));
    const position = fc.record({
      security: fc.string(),
      name: fc.oneof(fc.constant(null), fc.string()),
      amount: fc.nat(),
      value,
      gain: value,
    });
    fc.assert(
      fc.property(
        fc.array(position, { maxLength: 20 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        value,
        (positions, days, totalValue) => {
          const values = days.map((amount, index) => ({ day: String(index), value: amount }));
          const svg = digestSvg(
            { ...DIGEST, positions, values, totalValue },
            'bt',
            true,
            (text) => !/[^\P{C}]/u.test(text),
          );
          expect(svg).not.toContain('NaN');
          // It throws for what is no SVG.
          expect(new Resvg(svg, { font: { loadSystemFonts: false } }).width).toBe(720);
        },
      ),
      { numRuns: 30 },
    );
  });

  test.skipIf(FONT === undefined)('is a PNG, and the names are missing where no glyph is there for them', async () => {
    const png = await digestPicture(DIGEST, 'bt demo', { amounts: true, font: FONT?.path ?? null }, () => undefined);
    expect(
      Buffer.from(png ?? [])
        .subarray(0, 4)
        .toString('latin1'),
    ).toBe('\u0089PNG');
  });

  test('is left out, and said, where there is no font', async () => {
    const said: string[] = [];
    const path = join(temporaryFolder('font'), 'none.ttf');
    writeFileSync(path, 'this is no font');
    const drawing = { amounts: true, font: path };
    expect(await digestPicture(DIGEST, 'bt', drawing, (_level, text) => said.push(text))).toBeNull();
    expect(said).toEqual([
      'The digest is told without a picture: no font was found to draw it (NOTIFY_FONT names one).',
    ]);
  });
});

describe('what a font draws', () => {
  test('is nothing of what is no font, whatever is in it', () => {
    const path = join(temporaryFolder('font'), 'x.ttf');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        writeFileSync(path, bytes);
        expect(fontCoverage(path)?.(0x41) ?? false).toBe(false);
      }),
      { numRuns: 100 },
    );
    expect(fontCoverage(join(path, 'not there'))).toBeNull();
  });

  test.skipIf(!existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'))(
    'of DejaVu is Latin and not Chinese',
    () => {
      const font = { covers: fontCoverage('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf') ?? (() => false) };
      expect(draws(font, 'Total 1,000.00 % +-')).toBe(true);
      expect(draws(font, '平安银行')).toBe(false);
      expect(draws(font, 'A 平')).toBe(false);
    },
  );
});

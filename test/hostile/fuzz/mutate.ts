import type { Rng } from '../../../src/platform/random.ts';
import { loadRecordings } from '../../wire/transcripts.ts';

/** Pieces that have broken parsers before. */
const PIECES: readonly string[] = [
  'NaN',
  '-Infinity',
  'Infinity',
  '"__proto__":{"x":1},',
  String.raw`"\u005f_proto__":1,`,
  '"constructor":{"prototype":{"x":1}},',
  '12345678901234567890',
  '-9007199254740993',
  '1e999',
  '-0',
  'null',
  '[]',
  '{}',
  '"',
  '\\',
  '\u0000',
  '\u2028',
  '"\\ud800"',
  '[[[[[[[[',
  '}',
  ',',
  ':',
  ' ',
];

export type Side = 'sent' | 'received';

const bodies = new Map<Side, readonly string[]>();

/** Bodies of recorded frames of one direction. */
function recorded(side: Side): readonly string[] {
  const known = bodies.get(side);
  if (known !== undefined) return known;
  const found = loadRecordings().flatMap((recording) => recording[side].flatMap(({ wire }) => wire.body ?? []));
  bodies.set(side, found);
  return found;
}

/** The body of a recorded frame, changed in one to four places: bytes, pieces, values, or cut. */
export function mutatedBody(rng: Rng, side: Side): Buffer {
  const all = recorded(side);
  let text = all[rng.int(all.length)] ?? '{}';
  for (let changes = 1 + rng.int(4); changes > 0; changes -= 1) text = changed(rng, text);
  const body = Buffer.from(text, 'utf8');
  // Also what is no UTF-8.
  if (body.length > 0 && rng.int(8) === 0) body[rng.int(body.length)] = rng.int(256);
  return body;
}

function changed(rng: Rng, text: string): string {
  const at = rng.int(text.length + 1);
  const piece = PIECES[rng.int(PIECES.length)] ?? '';
  switch (rng.int(6)) {
    case 0: // a piece in place of a value
      return replaceValue(rng, text, piece);
    case 1: // a piece anywhere
      return text.slice(0, at) + piece + text.slice(at);
    case 2: // a part is gone
      return text.slice(0, at) + text.slice(at + 1 + rng.int(12));
    case 3: // a part comes twice
      return text.slice(0, at) + text.slice(Math.max(0, at - rng.int(40)));
    case 4: // one value in place of another
      return replaceValue(rng, text, randomValue(rng));
    default: // a part of another message
      return replaceValue(rng, text, text.slice(at, at + rng.int(60)));
  }
}

/** Numbers, texts and words of a JSON text. */
const VALUE = /-?\d[\d.eE+-]*|"(?:[^"\\]|\\.)*"|true|false|null|NaN/gu;

function replaceValue(rng: Rng, text: string, by: string): string {
  const values = [...text.matchAll(VALUE)];
  const chosen = values[rng.int(values.length)];
  if (chosen === undefined) return text + by;
  return text.slice(0, chosen.index) + by + text.slice(chosen.index + chosen[0].length);
}

function randomValue(rng: Rng): string {
  const values: readonly (() => unknown)[] = [
    () => rng.normal() * 10 ** rng.int(30),
    () => 'x'.repeat(rng.int(300)),
    () => rng.int(2) === 0,
    () => null,
    () => [rng.int(10), null, 'a'],
    () => ({ a: rng.int(10), b: {} }),
    () => '9'.repeat(400),
  ];
  return JSON.stringify(values[rng.int(values.length)]?.() ?? null);
}

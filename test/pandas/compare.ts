import type { Tagged } from './value.ts';

/** Of the larger of the two and of one: sums in another order differ in their last digits. */
const TOLERANCE = 1e-12;

/** Where two tagged values differ first, as `path: expected … got …`; null when they do not. */
export function difference(
  expected: Tagged | undefined,
  got: Tagged | undefined,
  path = 'result',
  tolerance = TOLERANCE,
): string | null {
  if (typeof expected === 'number' && typeof got === 'number') {
    const near = Math.abs(expected - got) <= tolerance * Math.max(1, Math.abs(expected), Math.abs(got));
    return near ? null : told(expected, got, path);
  }
  if (typeof expected !== 'object' || typeof got !== 'object' || expected === null || got === null) {
    return expected === got ? null : told(expected, got, path);
  }
  if (Array.isArray(expected) !== Array.isArray(got)) return told(expected, got, path);
  if ('$dict' in expected && '$dict' in got) return inside(keyed(expected.$dict), keyed(got.$dict), path, tolerance);
  return inside(expected as Members, got as Members, path, tolerance);
}

type Members = Readonly<Record<string, Tagged>>;

function inside(expected: Members, got: Members, path: string, tolerance: number): string | null {
  const keys = Object.keys(expected);
  if (keys.length !== Object.keys(got).length) return told(expected, got, path);
  for (const key of keys) {
    if (!Object.hasOwn(got, key)) return told(expected, got, path);
    const found = difference(expected[key], got[key], `${path}.${key}`, tolerance);
    if (found !== null) return found;
  }
  return null;
}

/** A dict by the texts of its keys: an object's keys are texts, and those of whole numbers come first whatever their order. */
function keyed(entries: readonly (readonly [Tagged, Tagged])[]): Members {
  return Object.fromEntries(entries.map(([key, value]) => [keyText(key), value]));
}

function keyText(key: Tagged): string {
  if (typeof key === 'object' && key !== null && '$t' in key) return key.$t;
  return typeof key === 'string' ? key : JSON.stringify(key);
}

function told(expected: unknown, got: unknown, path: string): string {
  return `${path}: pandas ${shown(expected)}, ours ${shown(got)}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' && value.includes('\n') ? `\n${value}\n` : JSON.stringify(value);
}

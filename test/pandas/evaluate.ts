import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { pd, slice } from './tables.ts';
import type { Case, Document, Tagged } from './value.ts';

const text = readFileSync(new URL('./cases.json', import.meta.url), 'utf8');
/** Everything generate.py wrote. */
export const document = JSON.parse(text) as Document;

/** The value of our expression: its lines are statements, the last one the result. */
export function evaluate(
  { inputs, ours }: Pick<Case, 'inputs' | 'ours'>,
  values: Readonly<Record<string, Tagged>> = document.inputs,
): Tagged {
  const lines = ours.split('\n');
  const body = `'use strict';\n${lines.slice(0, -1).join(';\n')};\nreturn (${lines.at(-1) ?? ''});`;
  const scope = new Map<string, unknown>([
    ['pd', pd],
    ['slice', slice],
    ...inputs.map((name): [string, unknown] => [name, decode(values[name] ?? null)]),
  ]);
  const run = compileFunction(body, [...scope.keys()]) as (...values: unknown[]) => unknown; // of this very text
  return encode(run(...scope.values()));
}

/** Is an error what pandas gave? */
export function isError(result: Tagged): boolean {
  return typeof result === 'object' && result !== null && '$error' in result;
}

import { decodeText } from './text-encoding.ts';

/** What an env file says; `badLines` are the numbers of lines that mean nothing. */
export interface ParsedEnvFile {
  readonly values: ReadonlyMap<string, { readonly value: string; readonly line: number }>;
  readonly badLines: readonly number[];
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*=\s*(.*)$/u;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/**
 * `NAME=value` lines. Unlike `process.loadEnvFile`, a `#` starts a comment only behind a blank, so that
 * `TOKEN=ab#cd` keeps its tail. `'…'` is taken literally, `"…"` knows \n \r \t \" \\; nothing is expanded.
 * The last assignment of a name counts.
 */
export function parseEnvFile(text: string): ParsedEnvFile {
  const values = new Map<string, { value: string; line: number }>();
  const badLines: number[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/u).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const match = ASSIGNMENT.exec(line);
    const value = match === null ? null : readValue(match[2] ?? '');
    if (match === null || value === null) badLines.push(index + 1);
    else values.set(match[1] ?? '', { value, line: index + 1 });
  }
  return { values, badLines };
}

/** UTF-8 (with or without mark), UTF-16 with its mark, as some Windows shells write it, or GBK. */
export function decodeEnvBytes(bytes: Uint8Array): string {
  return decodeText(bytes)?.text ?? new TextDecoder('utf-8').decode(bytes);
}

/** Null = an opened quote that never closes, or text behind a closed one. */
function readValue(text: string): string | null {
  if (text.startsWith("'")) {
    const match = /^'([^']*)'\s*(?:#.*)?$/u.exec(text);
    return match === null ? null : (match[1] ?? '');
  }
  if (text.startsWith('"')) {
    const match = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/u.exec(text);
    return match === null
      ? null
      : (match[1] ?? '').replaceAll(/\\(.)/gu, (whole, letter: string) => ESCAPES[letter] ?? whole);
  }
  return text.replace(/(?:^|\s+)#.*$/u, '').trim();
}

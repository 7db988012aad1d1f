import { BtError } from '../domain/errors.ts';

export type JsonObject = Record<string, unknown>;

/** Deeper nesting is refused: the reference refuses it too, and recursive code behind the border would overflow. */
export const MAX_JSON_DEPTH = 500;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const LONGEST_SAFE_DIGITS = 15;

/** Stands for NaN while the native parser runs: a number that no price, quantity or time can be. */
const NAN_STAND_IN = '-1.8734650917264352e-287';
const NAN_STAND_IN_VALUE = Number(NAN_STAND_IN);

interface Scan {
  /** Start and end of each bare NaN, Infinity or -Infinity, flattened. */
  readonly tokens: number[];
  readonly wideInteger: boolean;
  readonly depth: number;
}

/**
 * JSON as the gateway writes it: bare NaN, Infinity and -Infinity are numbers, an integer beyond ±2^53 comes back as its text,
 * the last duplicate key wins, a `__proto__` key is dropped. Throws BtError BAD_JSON (details.reason: syntax | depth).
 */
export function parseWireJson(text: string): unknown {
  const scan = scanJson(text);
  if (scan.depth > MAX_JSON_DEPTH) {
    throw badJson(`it is nested more than ${MAX_JSON_DEPTH} levels deep`, 'depth');
  }
  const readable = scan.tokens.length === 0 ? text : withoutBareTokens(text, scan.tokens);
  // A reviver makes the parser many times slower, so it runs only for what nothing else can do.
  const needsReviver = scan.wideInteger || mayHoldProtoKey(text);
  try {
    const value = needsReviver ? (JSON.parse(readable, revive) as unknown) : (JSON.parse(readable) as unknown);
    return scan.tokens.length === 0 ? value : withNaN(value);
  } catch (error) {
    throw badJson(error instanceof Error ? error.message : 'it cannot be read', 'syntax', error);
  }
}

/** Compact JSON; numbers that are not finite are written as the bare tokens the gateway uses. Undefined members are left out. */
export function stringifyWire(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'null';
  // JSON.stringify turns NaN into null, so only a text with a null in it can have lost one.
  return text.includes('null') && holdsNonFinite(value) ? writeLoose(value) : text;
}

/** True for a plain JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One pass over the text, outside its strings: what the native parser would not do as we need it. */
function scanJson(text: string): Scan {
  const tokens: number[] = [];
  let wideInteger = false;
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code >= ZERO && code <= NINE) {
      const end = endOfNumber(text, at);
      wideInteger ||= end - at > LONGEST_SAFE_DIGITS && isDigits(text, at, end);
      at = end - 1;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    } else if (code === 0x4e || code === 0x49) {
      at = noteToken(text, at, tokens);
    }
  }
  return { tokens, wideInteger, depth: deepest };
}

/** Index of the closing quote; the text's end when there is none (the parser then refuses it). */
function endOfString(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close === -1 ? text.length : close;
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

/** First index behind the characters a number may have. */
function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    const isDigit = code >= ZERO && code <= NINE;
    // . + - e E
    if (!isDigit && code !== 0x2e && code !== 0x2b && code !== MINUS && code !== 0x65 && code !== 0x45) break;
  }
  return end;
}

function isDigits(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) return false;
  }
  return true;
}

/** Remembers a bare token starting at `at`; answers the index of its last character. */
function noteToken(text: string, at: number, tokens: number[]): number {
  const word = text.startsWith('NaN', at) ? 'NaN' : 'Infinity';
  if (!text.startsWith(word, at)) return at;
  const negative = word === 'Infinity' && at > 0 && text.charCodeAt(at - 1) === MINUS;
  tokens.push(negative ? at - 1 : at, at + word.length);
  return at + word.length - 1;
}

/** Puts spaces around each stand-in, so that `1NaN` or `NaN5` stays an error. */
function withoutBareTokens(text: string, tokens: readonly number[]): string {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i + 1 < tokens.length; i += 2) {
    const start = tokens[i] ?? 0;
    const end = tokens[i + 1] ?? 0;
    const word = text.slice(start, end);
    // 1e999 overflows to Infinity in the native parser.
    const standIn = word === 'NaN' ? NAN_STAND_IN : word === 'Infinity' ? '1e999' : '-1e999';
    parts.push(text.slice(from, start), ' ', standIn, ' ');
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

function mayHoldProtoKey(text: string): boolean {
  return text.includes('__proto__') || (text.includes('\\u') && /\\u005f/i.test(text));
}

function revive(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (key === '__proto__') return undefined;
  if (typeof value !== 'number') return value;
  const source = context?.source;
  return source !== undefined && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? source : value;
}

/** Puts NaN where its stand-in was, in place. */
function withNaN(value: unknown): unknown {
  if (value === NAN_STAND_IN_VALUE) return Number.NaN;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) value[i] = withNaN(value[i]);
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) value[key] = withNaN(value[key]);
  }
  return value;
}

function holdsNonFinite(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.some(holdsNonFinite) : Object.values(value).some(holdsNonFinite);
}

function writeLoose(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(writeLoose).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${writeLoose(member)}`).join(',')}}`;
}

function badJson(why: string, reason: string, cause?: unknown): BtError {
  return new BtError('BAD_JSON', `The text is not JSON the gateway's protocol allows: ${why}. Check what sent it.`, {
    fault: 'venue',
    cause,
    details: { reason },
  });
}

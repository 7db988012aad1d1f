import { BtError } from '../../domain/errors.ts';
import { readSecurity } from '../../domain/market/symbol.ts';
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { wireTime } from '../wire-time.ts';

/** A larger number is a vendor's way to say "no price". */
const HIGHEST_PRICE = 1e8;

/** No figure of a market is beyond this; counts up to here are exact. A text longer than such a number is none either. */
const HIGHEST_NUMBER = 1e15;
const LONGEST_NUMBER = 40;

/** Of a list: no account has so many, and each costs more than its bytes. */
export const MAX_ROWS = 200_000;

/** What a value that must be there and is not, or that cannot be read, is read as. */
const UNUSABLE = Symbol('unusable');

/** Plain functions: a list of ten thousand orders is read at each start, and many times a second. */
export type FieldReader<T> = (value: unknown) => T | typeof UNUSABLE;

/** Money that must be there. */
export const money: FieldReader<number> = (value) => wireNumber(value) ?? UNUSABLE;
/** A quantity that must be there: a whole number, 0 or more, and 0 stays 0. */
export const shares: FieldReader<number> = (value) => {
  const number = wireNumber(value);
  return number === null || number < 0 || !Number.isSafeInteger(number) ? UNUSABLE : number;
};
/** Money or a count that may be missing; 0 stays 0. */
export const optionalNumber: FieldReader<number | null> = wireNumber;
/** A price that may be missing; a vendor's 0 (or less) means missing. */
export const optionalPrice: FieldReader<number | null> = wirePrice;
/** A text, empty when missing. */
export const optionalText: FieldReader<string> = (value) => (typeof value === 'string' ? value : '');
/** A name or account number; null when missing or empty. */
export const nullableText: FieldReader<string | null> = wireText;
/** Yes or no, also as 1 and 0; null when missing. */
export const optionalFlag: FieldReader<boolean | null> = wireFlag;
/** Epoch ms; null when missing. */
export const optionalTime: FieldReader<number | null> = wireTime;
/** A security code, canonical where we know its market, else as the vendor wrote it. */
export const securityCode: FieldReader<string> = (value) => wireCode(value) ?? UNUSABLE;
/** An order's or trade's id that must be there. */
export const requiredId: FieldReader<string> = (value) => wireId(value) ?? UNUSABLE;

/** One field of a row: its names on the wire, the preferred one first, and how it is read. */
export interface Field<T> {
  readonly names: readonly string[];
  readonly read: FieldReader<T>;
}

type RowOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** Names a field and its aliases; of those present, the first that is not null is read. */
export function field<T>(read: FieldReader<T>, ...names: string[]): Field<T> {
  return { names, read };
}

/** Why a row cannot be read, in words. No error: a list may have thousands of such rows. */
export class Unusable {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/** A reader of rows; of one that cannot be read it names the first field that is missing or wrong. */
export function rowReader<F extends Record<string, Field<unknown>>>(
  fields: F,
): (row: JsonObject) => RowOf<F> | Unusable {
  const entries = Object.entries(fields);
  return (row) => {
    const made: Record<string, unknown> = {};
    for (const [key, { names, read }] of entries) {
      const value = read(pick(row, names));
      if (value === UNUSABLE) return new Unusable(`${names[0] ?? key} is missing or not usable`);
      made[key] = value;
    }
    return made as RowOf<F>;
  };
}

/** What was read. Throws BtError BAD_ANSWER when it could not be. */
export function required<T>(read: T | Unusable, what: string): T {
  if (read instanceof Unusable) throw badAnswer(what, read.why);
  return read;
}

/** The first of these members that is neither absent nor null. */
export function pick(row: JsonObject, names: readonly string[]): unknown {
  for (const name of names) {
    const value = row[name];
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** A number that a market can have, also written as a text; else null. */
function wireNumber(value: unknown): number | null {
  const number = typeof value === 'string' ? numberIn(value) : value;
  return typeof number === 'number' && Math.abs(number) <= HIGHEST_NUMBER ? number : null;
}

function numberIn(text: string): number | null {
  return text.length <= LONGEST_NUMBER && /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null;
}

/** A positive finite price, else null. */
export function wirePrice(value: unknown): number | null {
  const price = wireNumber(value);
  return price !== null && price > 0 && price < HIGHEST_PRICE ? price : null;
}

/** A security code as `securityCode` reads it; null when there is none. */
export function wireCode(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : (readSecurity(text)?.security ?? text);
}

/** An id as text; null for a missing, empty, zero or negative one, which no order has. */
export function wireId(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== 'string') return null;
  const id = text.trim();
  return id === '' || /^(-.*|0+)$/.test(id) ? null : id;
}

/** Text that says something, else null; a number becomes its digits. */
export function wireText(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

/** A boolean, also spelled 1 and 0; else null. */
export function wireFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 1) return true;
  return value === 0 ? false : null;
}

/** The object an answer must be. */
export function answerObject(payload: unknown, what: string): JsonObject {
  if (!isJsonObject(payload)) throw badAnswer(what, 'it is not an object');
  return payload;
}

/** A `dict` answer with `value`, with the flat copies, or with both (then `value` wins). */
export function answerDict(payload: unknown, what: string): JsonObject {
  const flat = answerObject(payload, what);
  const value = flat['value'];
  if (value === undefined || value === null) return flat;
  if (!isJsonObject(value)) throw badAnswer(what, 'value is not an object');
  return { ...flat, ...value };
}

/** The rows of a list answer: all of them, or an error. */
export function answerRows(payload: unknown, what: string): JsonObject[] {
  if (!Array.isArray(payload)) throw badAnswer(what, 'it is not a list');
  if (payload.length > MAX_ROWS) throw badAnswer(what, `it has ${payload.length} rows, more than ${MAX_ROWS}`);
  return payload.map((row, i) => (isJsonObject(row) ? row : answerObject(row, `${what} row ${i + 1}`)));
}

/** True for `{}` and for a miss that carries nothing but the asking sub-account's label. */
export function isEmptyAnswer(answer: JsonObject): boolean {
  return Object.keys(answer).every((key) => key === 'sub_account_id' || key === 'account_key');
}

/** BtError BAD_ANSWER: the gateway answered with something that cannot be trusted. */
export function badAnswer(what: string, why: string): BtError {
  return new BtError(
    'BAD_ANSWER',
    `The gateway's answer (${what}) cannot be used: ${why}. Check the gateway's version and log.`,
    {
      fault: 'venue',
      details: { what, why },
    },
  );
}

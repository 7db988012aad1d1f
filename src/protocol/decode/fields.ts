import * as z from 'zod';

import { BtError } from '../../domain/errors.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { wireTime } from '../wire-time.ts';

/** A larger number is a vendor's way to say "no price". */
const HIGHEST_PRICE = 1e8;

/** No figure of a market is beyond this; counts up to here are exact. A text longer than such a number is none either. */
const HIGHEST_NUMBER = 1e15;
const LONGEST_NUMBER = 40;

const inBounds = z.number().min(-HIGHEST_NUMBER).max(HIGHEST_NUMBER);
const numeric = z.union([
  inBounds,
  z
    .string()
    .max(LONGEST_NUMBER)
    .regex(/^\s*-?\d+(\.\d+)?\s*$/)
    .transform(Number)
    .pipe(inBounds),
]);

/** A quantity that must be there: a whole number, 0 or more, and 0 stays 0. */
export const shares = numeric.pipe(z.int().min(0));
/** Money that must be there. */
export const money = numeric;
/** Money or a count that may be missing; 0 stays 0. */
export const optionalNumber = numeric.nullable().catch(null);
/** A price that may be missing; a vendor's 0 (or less) means missing. */
export const optionalPrice = z.unknown().transform(wirePrice);
/** A text, empty when missing. */
export const optionalText = z.unknown().transform((value) => (typeof value === 'string' ? value : ''));
/** A name or account number; null when missing or empty. */
export const nullableText = z.unknown().transform(wireText);
/** Yes or no, also as 1 and 0; null when missing. */
export const optionalFlag = z.unknown().transform(wireFlag);
/** Epoch ms; null when missing. */
export const optionalTime = z.unknown().transform(wireTime);
/** A security code, canonical where we know its market, else as the vendor wrote it. */
export const securityCode = z.string().trim().min(1).transform(canonicalOrAsIs);
/** An order's or trade's id that must be there. */
export const requiredId = z.unknown().transform((value, context) => {
  const id = wireId(value);
  if (id === null) context.addIssue('missing');
  return id ?? '';
});

/** One field of a row: its names on the wire, the preferred one first, and how it is read. */
export interface Field<T> {
  readonly names: readonly string[];
  readonly schema: z.ZodType<T>;
}

type RowOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** Names a field and its aliases; of those present, the first that is not null is read. */
export function field<T>(schema: z.ZodType<T>, ...names: string[]): Field<T> {
  return { names, schema };
}

/** A reader of rows; it throws BtError BAD_ANSWER that names the first field that is missing or wrong. */
export function rowReader<F extends Record<string, Field<unknown>>>(
  fields: F,
): (row: JsonObject, what: string) => RowOf<F> {
  const entries = Object.entries(fields);
  const schema = z.object(Object.fromEntries(entries.map(([key, { schema }]) => [key, schema])));
  return (row, what) => {
    const result = schema.safeParse(Object.fromEntries(entries.map(([key, { names }]) => [key, pick(row, names)])));
    if (result.success) return result.data as RowOf<F>;
    const wrong = String(result.error.issues[0]?.path[0] ?? '');
    throw badAnswer(what, `${fields[wrong]?.names[0] ?? wrong} is missing or not usable`);
  };
}

/** The first of these members that is neither absent nor null. */
export function pick(row: JsonObject, names: readonly string[]): unknown {
  for (const name of names) {
    const value = row[name];
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** A positive finite price, else null. */
export function wirePrice(value: unknown): number | null {
  const price = numeric.safeParse(value);
  return price.success && price.data > 0 && price.data < HIGHEST_PRICE ? price.data : null;
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
  return payload.map((row, i) => answerObject(row, `${what} row ${i + 1}`));
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

/** What an error of `badAnswer` says of the row it speaks of; any other is thrown on. */
export function oddity(error: unknown): { readonly unreadable: string } {
  if (!(error instanceof BtError) || error.code !== 'BAD_ANSWER') throw error;
  return { unreadable: String(error.details['why']) };
}

function canonicalOrAsIs(text: string): string {
  try {
    return canonicalSecurity(text);
  } catch {
    return text;
  }
}

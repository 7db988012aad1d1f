import * as z from 'zod';
import { isJsonObject } from '../../../protocol/json.ts';
import { bodyText } from '../../../net/http/body.ts';
import { checked, parsedJson, queryOf, security } from '../params.ts';
import type { DoorContext } from '../env.ts';
import { badRequest } from '../bad-request.ts';
import { HttpProblem } from '../../../net/http/problem.ts';
import type { Wrong } from '../bad-request.ts';

export type Parameters = Readonly<Record<string, string>>;

/** Of the query and of the body (a form or JSON): one that says two things is refused. */
export async function parametersOf(context: DoorContext): Promise<Parameters> {
  const found: Record<string, string> = { ...queryOf(context) };
  delete found['token'];
  if (context.req.method === 'GET') return found;
  for (const [name, value] of await bodyParameters(context)) {
    const before = found[name];
    if (before !== undefined && before !== value) throw twice(name);
    found[name] = value;
  }
  return found;
}

async function bodyParameters(context: DoorContext): Promise<[string, string][]> {
  const type = context.req.header('content-type') ?? '';
  const text = await bodyText(context);
  if (text === '') return [];
  if (/^application\/x-www-form-urlencoded/iu.test(type)) return [...new URLSearchParams(text)];
  if (!/^application\/json/iu.test(type)) {
    throw new HttpProblem(415, 'NOT_A_FORM', 'Send the parameters in the address, as a form, or as JSON.');
  }
  const body = parsedJson(text);
  if (!isJsonObject(body)) throw badRequest('The body', [{ path: '', message: 'it is no object' }]);
  return Object.entries(body).map(([name, value]) => [name, scalarText(name, value)]);
}

function scalarText(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw badRequest('The body', [{ path: name, message: 'neither a text nor a number' }]);
}

function twice(name: string): HttpProblem {
  return badRequest('The parameters', [{ path: name, message: 'it says two different things' }]);
}

/** What the wrapper takes on every path of ours: whose account, where one machine has several. */
const common = { account_id: z.string().max(64).optional() };

export const login = z.strictObject({
  ...common,
  account_type: z.string().max(16).optional(),
  session_id: z
    .string()
    .regex(/^\d{1,10}$/u, 'a whole number')
    .optional(),
  qmt_dir: z.string().max(1024).optional(),
});

export const nothing = z.strictObject(common);

export const oneOrder = z.strictObject({ ...common, order_id: z.string().max(64).optional() });

const positive = /^\d{1,12}(?:\.\d{1,6})?$/u;

const amount = z
  .string()
  .regex(/^\d{1,12}(?:\.0+)?$/u, 'a whole number above 0')
  .transform(Number)
  .pipe(z.int().min(1));

const placed = z.strictObject({
  ...common,
  stock_code: security.default('510300.XSHG'),
  // The wrapper takes every other word for a sell; a word that is none may mean anything.
  direction: z.enum(['buy', 'sell']).default('buy'),
  volumn: amount.optional(),
  volume: amount.optional(),
  amount: amount.optional(),
  price: z.string().regex(positive, 'a price above 0').transform(Number).pipe(z.number().positive()).default(4.4),
});

const DEFAULT_AMOUNT = 100;

export interface PlaceParameters {
  readonly account_id?: string | undefined;
  readonly stock_code: string;
  readonly direction: 'buy' | 'sell';
  readonly amount: number;
  readonly price: number;
}

/** With the wrapper's defaults. Three names mean the amount; they must agree. */
export function placeParameters(parameters: Parameters): PlaceParameters {
  const { volumn, volume, amount: shares, ...rest } = checked(placed, parameters, 'The parameters');
  const said = [volumn, volume, shares].filter((one) => one !== undefined);
  const wrong: Wrong = { path: 'volumn', message: 'volumn, volume and amount say different things' };
  if (new Set(said).size > 1) throw badRequest('The parameters', [wrong]);
  return { ...rest, amount: said[0] ?? DEFAULT_AMOUNT };
}

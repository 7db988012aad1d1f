import * as z from 'zod';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import { parseWireJson } from '../../protocol/json.ts';
import { bodyText } from '../../net/http/body.ts';
import type { DoorContext } from './env.ts';
import { badRequest } from './bad-request.ts';
import { HttpProblem } from '../../net/http/problem.ts';
import type { Wrong } from './bad-request.ts';

/** A security in any known spelling, read as JoinQuant's. */
export const security = z
  .string()
  .max(20)
  .transform((text, context) => {
    try {
      return canonicalSecurity(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'no security: write a code like 600000.XSHG or 000001.SZ' });
      return z.NEVER;
    }
  })
  .meta({ description: 'Code with its market: 600000.XSHG, 600000.SH, 000001.XSHE, 000001.SZ, 830799.BJ' });

/** A whole number written with digits. */
export function wholeText(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/u, 'a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max));
}

/** Checks what was sent. Throws the problem that names each part that is wrong. */
export function checked<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }): Wrong => ({ path: path.map(String).join('.'), message }));
  throw badRequest(what, errors);
}

/** The query's parameters; one that comes twice is refused: nobody knows which is meant. */
export function queryOf(context: DoorContext): Record<string, string> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, values] of Object.entries(context.req.queries())) {
    const [value = '', ...others] = values;
    if (others.length > 0) throw badRequest('The query', [{ path: name, message: 'it is there more than once' }]);
    found[name] = value;
  }
  return found;
}

/** The JSON body; an empty one is `{}`. Throws 400 and 415. */
export async function jsonBody(context: DoorContext): Promise<unknown> {
  const type = context.req.header('content-type') ?? '';
  const text = await bodyText(context);
  if (text === '') return {};
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/iu.test(type)) {
    throw new HttpProblem(415, 'NOT_JSON', 'Send the body as JSON, with "Content-Type: application/json".');
  }
  return parsedJson(text);
}

export function parsedJson(text: string): unknown {
  try {
    // The reader that the wire has: no prototype's names, bounded depth, size and time.
    return parseWireJson(text);
  } catch {
    throw new HttpProblem(
      400,
      'BAD_JSON',
      'The body is no JSON that can be read. Check its brackets, commas and quotes.',
    );
  }
}

import { cleanData } from '../../platform/exit-text.ts';
import { problemOf } from './problem.ts';

/** Answers with a failure, and with what was set before it and is meant for it. `say` puts its words into the language of a person who reads them. */
export function answerProblem(
  context: { readonly res: Response },
  error: unknown,
  say: (text: string) => string = (text) => text,
): Response {
  const problem = problemOf(error);
  const told = { ...problem, detail: say(problem.detail) };
  const headers = new Headers({ 'Content-Type': 'application/problem+json' });
  for (const name of KEPT_HEADERS) {
    const value = context.res.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(JSON.stringify(cleanData(told)), { status: told.status, headers });
}

/** What was set before the failure and is meant for it. */
const KEPT_HEADERS = [
  'Allow',
  'Cache-Control',
  'Connection',
  'Retry-After',
  'WWW-Authenticate',
  'X-Content-Type-Options',
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
  'Vary',
];

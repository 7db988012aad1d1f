import { cleanData } from '../../platform/exit-text.ts';
import { problemOf } from './problem.ts';

/** Answers with a failure, and with what was set before it and is meant for it. */
export function answerProblem(context: { readonly res: Response }, error: unknown): Response {
  const told = problemOf(error);
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

import { BtError, errorMessage } from '../../domain/errors.ts';
import type { Fault } from '../../domain/errors.ts';

/** A failure as RFC 9457 writes it down. `errors` names each parameter that is wrong; other members are of the code. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Ends with what the caller can do. */
  readonly detail: string;
  /** Stable: callers branch on it. */
  readonly code: string;
  readonly [more: string]: unknown;
}

/** A failure with its HTTP status; whoever answers makes a problem of it. */
export class HttpProblem extends BtError {
  readonly status: number;
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, detail: string, more: Readonly<Record<string, unknown>> = {}) {
    super(code, detail, { fault: status < 500 ? 'strategy' : 'venue' });
    this.status = status;
    this.more = more;
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'No valid token',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'The request took too long to arrive',
  409: 'Conflict',
  413: 'The body is too large',
  415: 'Unsupported media type',
  422: 'Refused',
  429: 'Too many requests',
  431: 'The headers are too large',
  500: 'Fault of the server',
  501: 'Not served',
  502: 'The gateway behind failed',
  503: 'Not available',
  504: 'No answer in time',
};

const STATUS_OF_FAULT: Readonly<Record<Fault, number>> = {
  strategy: 400,
  config: 500,
  venue: 502,
  network: 502,
  bug: 500,
};

/** Any failure as a problem; one that is no error of ours tells nothing of its inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpProblem) return { ...problem(error.status, error.code, error.message), ...error.more };
  if (!(error instanceof BtError)) return problem(500, 'INTERNAL', 'A fault of the server; its log has the rest.');
  return problem(STATUS_OF_FAULT[error.fault], error.code, error.message);
}

export function problem(status: number, code: string, detail: string): Problem {
  return { type: `urn:bt:problem:${code.toLowerCase()}`, title: TITLES[status] ?? 'Failed', status, detail, code };
}

/** For the log: what is no failure of a caller. */
export function isFaultOfOurs(error: unknown): string | null {
  if (error instanceof BtError) return null;
  return error instanceof Error ? (error.stack ?? error.message) : errorMessage(error);
}

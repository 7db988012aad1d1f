import { DROP, LATER, PAUSE, type Outcome, type Verdict } from './channel.ts';
import type { HttpAnswer } from './http-post.ts';

/** An answer's body, read with care. */
export type AnswerBody = Readonly<Record<string, unknown>>;

/** How long an answer is shown. */
const LONGEST_SHOWN = 400;

/** What a service says of a message: by its body where it has one that means something, by the status else. */
export type ReadBody = (body: AnswerBody, status: number) => Verdict | null;

/** Reads an answer. HTTP 200 is no success by itself: most services say in the body what went wrong. */
export function judgeAnswer(answer: HttpAnswer, read: ReadBody): Outcome {
  if (answer.kind === 'failed') return { verdict: LATER, answer: answer.error };
  const { status, body, retryAfterMs } = answer;
  const said = parseBody(body);
  const shown = `HTTP ${status} ${body.trim().slice(0, LONGEST_SHOWN)}`.trim();
  // A receiver of one's own need not answer in JSON.
  const verdict = read(said ?? {}, status) ?? byStatus(status);
  const isTold = verdict.kind === 'retry' && verdict.afterMs === null && retryAfterMs !== null;
  return { verdict: isTold ? { kind: 'retry', afterMs: retryAfterMs } : verdict, answer: shown };
}

/** For a service whose body has to say that it went well. */
export function saysOk(read: ReadBody): ReadBody {
  return (body, status) => read(body, status) ?? (status === 429 || status >= 500 ? LATER : PAUSE);
}

/** Where the body says nothing. */
export function byStatus(status: number): Verdict {
  if (status === 408 || status === 429 || status >= 500) return LATER;
  if (status === 400 || status === 413 || status === 422) return DROP;
  // Also 200 without a word that we know, and redirects: somebody has to look at the address.
  return PAUSE;
}

/** `codes`: by the service's own code; those that are not listed are tried again. */
export function byCode(code: unknown, codes: Readonly<Record<string, Verdict>>): Verdict {
  const text = typeof code === 'number' || typeof code === 'string' ? String(code) : '';
  return Object.hasOwn(codes, text) ? (codes[text] ?? LATER) : LATER;
}

export function parseBody(body: string): AnswerBody | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as AnswerBody) : null;
  } catch {
    return null;
  }
}

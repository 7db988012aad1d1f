import type { Receipt } from '../../domain/follow/signal.ts';
import { answerProof } from '../formats/envelope.ts';
import type { EnvelopeKeys } from '../formats/envelope-keys.ts';

/** What a sender of ours is answered: the same words whatever became of its signal. */
export interface OwnWords {
  readonly result: 'accepted' | 'duplicate' | 'refused';
  readonly id: string;
  /** Of a refusal, else empty. */
  readonly code: string;
  /** Of a refusal why; of a duplicate how far the first one is. */
  readonly reason: string;
}

/** The words, and what proves that whoever has the key said them of this packet. */
export function provenAnswer(words: OwnWords, nonce: Buffer, keys: EnvelopeKeys): Response {
  return Response.json({ ...words, proof: answerProof(words, nonce, keys) });
}

/** What became of a signal. */
export function wordsOf(id: string, receipt: Receipt): OwnWords {
  switch (receipt.kind) {
    case 'accepted':
      return { result: 'accepted', id, code: '', reason: '' };
    case 'duplicate':
      return { result: 'duplicate', id, code: '', reason: receipt.state };
    case 'refused':
      return { result: 'refused', id, code: receipt.code, reason: receipt.reason };
  }
}

/** Answered to whoever shows no key of ours; nothing tells what was wrong. */
export function strangerAnswer(): Response {
  const reason = 'Nothing was done: this was not sealed with the passphrase of a strategy that is followed here.';
  return Response.json({ result: 'refused', id: '', code: 'NOT_AUTHENTIC', reason }, { status: 403 });
}

/** Nothing is taken for now; the sender keeps it. */
export function closedAnswer(): Response {
  const reason = 'Nothing was done: the follower takes nothing at the moment. Send it again.';
  return Response.json({ result: 'unavailable', id: '', code: 'FOLLOW_CLOSED', reason }, { status: 503 });
}

export function tooManyAnswer(seconds: number): Response {
  const reason =
    'Nothing was done: more came with this key in a minute than rateLimitPerKey takes. Send it again later.';
  const headers = { 'Retry-After': String(seconds) };
  return Response.json({ result: 'unavailable', id: '', code: 'TOO_MANY', reason }, { status: 429, headers });
}

/** The texts that the older sender knows; it gives them to its strategy when the status is 200. */
const LEGACY = {
  taken: '信号已接收',
  noData: '缺少加密数据',
  stranger: '解密失败',
} as const;

export function legacyTaken(more: Readonly<Record<string, string>> = {}): Response {
  return Response.json({ status: 'success', message: LEGACY.taken, ...more });
}

export function legacyRefused(status: 200 | 400 | 403, message: string): Response {
  return Response.json({ status: 'error', message }, { status });
}

export function legacyNoData(): Response {
  return legacyRefused(400, LEGACY.noData);
}

export function legacyStranger(): Response {
  return legacyRefused(403, LEGACY.stranger);
}

/** Without a body, as it was. */
export function emptyAnswer(status: 400 | 404 | 413 | 503, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers });
}

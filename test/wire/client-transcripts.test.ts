import { describe, expect, it } from 'vitest';

import { decodeTick } from '../../src/protocol/decode/quotes.ts';
import { readServerMessage } from '../../src/protocol/envelopes.ts';
import { refusalOf } from '../../src/protocol/refusals.ts';
import { CHECKS } from './client-expectations.ts';
import { rowOf } from './client-rows.ts';
import type { Row } from './client-rows.ts';
import { loadRecordings } from './transcripts.ts';
import type { Frame, Recorded, Recording } from './transcripts.ts';

/** Why the server closed, for every recording in which it did; all else stays open. */
const CLOSED: ReadonlyMap<string, string> = new Map([
  ['handshake/wrong_token_with_id', 'AUTH_FAILED'],
  ['handshake/missing_token', 'AUTH_FAILED'],
  ['framing/http_get_before_handshake', 'bytes that are no frame'],
  ['framing/tls_client_hello_like', 'bytes that are no frame'],
  ['framing/oversized_header_33554433', 'bytes that are no frame'],
  ['framing/zero_length_frame', 'bytes that are no frame'],
  ['framing/invalid_json', 'bytes that are no frame'],
  ['framing/invalid_utf8', 'bytes that are no frame'],
  ['framing/json_not_object_array', 'bytes that are no frame'],
  ['framing/json_not_object_string', 'bytes that are no frame'],
  ['framing/json_not_object_number', 'bytes that are no frame'],
  ['framing/json_not_object_null', 'bytes that are no frame'],
  ['framing/json_not_object_as_first_frame', 'bytes that are no frame'],
  ['framing/half_header_then_close', 'bytes that are no frame'],
  ['framing/half_frame_then_close', 'bytes that are no frame'],
  ['framing/half_close_after_full_request', 'the client closed'],
  ['multi/connection_limit_server_busy', 'SERVER_BUSY'],
  ['allowlist/not_listed_closed_without_bytes', 'not admitted'],
  ['tls/client_hello_refused', 'bytes that are no frame'],
]);

/** Sent frames that got no answer: a success without an id, and one to a server that admits nobody. */
const UNANSWERED: ReadonlyMap<string, number> = new Map([
  ['session/request_without_id_not_answered', 1],
  ['allowlist/not_listed_closed_without_bytes', 1],
]);

/** What each recorded error to a place request proves: true = nothing was submitted. */
const PLACE_ERRORS: ReadonlyMap<string, boolean> = new Map([
  ['子账户 demo 超过额度限制 5000.0', true],
  ['000003.XSHE 停牌，无法下单', true],
  ['999999.XSHE 无法获取有效价格', true],
  ['000001.XSHE 数量不足最小手数（原始数量=99，最小手数=100，步进=100）', true],
  ['QMT 下单失败: vendor: order refused', false],
  ['QMT 下单返回错误码: -1', false],
  ['idempotency_key 冲突: k1', false],
  ['idempotency_key 冲突: k-noprice', false],
  ['idempotency_key 冲突: z', false],
  ["'str' object has no attribute 'get'", false],
  ["'bool' object has no attribute 'get'", false],
  ["invalid literal for int() with base 10: 'abc'", false],
]);

const recordings = loadRecordings();
const seenPlaceErrors = new Set<string>();
const checkedActions = new Set<string>();

/** The sent frame this one answers, taken out of those still waiting on its connection. */
function takeAnswered(waiting: Recorded[], answer: Frame, conn: number): Frame | null {
  const types = { handshake_ack: ['handshake'], pong: ['ping'], response: ['request', undefined] }[
    String(answer['type'])
  ];
  const at = waiting.findIndex(({ item, wire }) => {
    if (item.kind !== 'frame' || wire.conn !== conn) return false;
    const { type, id } = item.frame;
    if (types !== undefined && !types.some((answered) => answered === type)) return false;
    if (answer['type'] === 'handshake_ack') return true;
    // An error leaves a falsy id out.
    return 'id' in answer
      ? JSON.stringify(id) === JSON.stringify(answer['id'])
      : id === undefined || id === 0 || id === '';
  });
  const [taken] = at === -1 ? [] : waiting.splice(at, 1);
  return taken?.item.kind === 'frame' ? taken.item.frame : null;
}

/** Our reading of the envelope against the frame's own fields. */
function checkEnvelope(frame: Frame): void {
  const message = readServerMessage(frame);
  const { type, id } = frame;
  const matchable = typeof id === 'number' ? String(id) : typeof id === 'string' && id !== '' ? id : null;
  if (type === 'handshake_ack') {
    const { session_id: sessionId, keepalive, features } = frame;
    expect(sessionId).toMatch(/^s[0-9a-f]{12}$/);
    expect(message).toEqual({ kind: 'handshake_ack', sessionId, keepalive, features });
  } else if (type === 'response') {
    expect(message).toEqual({ kind: 'response', id: matchable, payload: frame['payload'] });
  } else if (type === 'error') {
    expect(message).toEqual({ kind: 'error', id: matchable, code: frame['code'], message: frame['message'] });
  } else if (type === 'pong') {
    expect(message).toEqual({ kind: 'pong', id: matchable });
  } else {
    expect(frame).toMatchObject({ type: 'event', event: 'tick' });
    expect(message).toEqual({ kind: 'event', event: 'tick', payload: frame['payload'] });
  }
}

function checkError(frame: Frame, asked: Frame): void {
  const [code, text] = [String(frame['code']), String(frame['message'])];
  if (asked['type'] === 'handshake') expect(['AUTH_FAILED', 'SERVER_BUSY']).toContain(code);
  else if (asked['type'] !== 'request' && 'type' in asked)
    expect([code, text]).toEqual(['UNSUPPORTED', expect.any(String)]);
  else expect(['REQUEST_FAILED', 'QMT_UNAVAILABLE']).toContain(code);
  if (asked['action'] !== 'broker.place_order') return;
  seenPlaceErrors.add(text);
  const refused = code === 'QMT_UNAVAILABLE' ? false : PLACE_ERRORS.get(text);
  expect(refused, `an error to a place request without an expectation: ${text}`).toBeDefined();
  expect(refusalOf(code, text)).toBe(refused === true ? text : null);
}

function checkAnswer(frame: Frame, waiting: Recorded[], conn: number): void {
  checkEnvelope(frame);
  if (frame['type'] === 'event') {
    expect(decodeTick(frame['payload'])).toMatchObject({
      security: '000001.XSHE',
      lastPrice: 10,
      volume: 1000,
      time: Date.parse('2026-04-01T09:30:00+08:00'),
    });
    return;
  }
  const asked = takeAnswered(waiting, frame, conn);
  if (asked === null) throw new Error(`nothing was sent that ${JSON.stringify(frame)} answers`);
  if (frame['type'] === 'error') checkError(frame, asked);
  if (frame['type'] !== 'response') return;
  const action = String(asked['action']);
  const check = CHECKS[action];
  if (check === undefined) throw new Error(`no decoder for ${action}`);
  checkedActions.add(action);
  const payload = asked['payload'];
  const fields: Row = payload === null || payload === undefined || Array.isArray(payload) ? {} : rowOf(payload);
  check(frame['payload'], fields);
}

function replay(recording: Recording): void {
  const waiting = recording.sent.filter(({ item }) => item.kind === 'frame');
  let closed = false;
  for (const { item, wire } of recording.received) {
    if (item.kind === 'frame') checkAnswer(item.frame, waiting, wire.conn);
    else if (item.kind === 'closed') closed = true;
    else expect(item.kind).toBe('silence');
  }
  expect(waiting).toHaveLength(UNANSWERED.get(recording.name) ?? 0);
  expect(closed).toBe(CLOSED.has(recording.name));
  if (closed) checkClose(recording, CLOSED.get(recording.name));
}

function checkClose(recording: Recording, reason: string | undefined): void {
  const before = recording.received.findLast(({ item }) => item.kind === 'frame')?.item;
  const code = before?.kind === 'frame' && before.frame['type'] === 'error' ? before.frame['code'] : null;
  if (reason === 'bytes that are no frame') expect(recording.sent.at(-1)?.item.kind).toBe('raw');
  else if (reason === 'AUTH_FAILED') expect(code).toBe('AUTH_FAILED');
  else if (reason === 'not admitted') expect(recording.received).toHaveLength(1);
}

describe('the client decodes what the deployed server sent', () => {
  it.each(recordings.map((recording) => [recording.name, recording] as const))('%s', (_name, recording) => {
    replay(recording);
  });

  it('in all 182 recordings; every decoder and every expectation is used', () => {
    expect(recordings).toHaveLength(182);
    recordings.forEach(replay);
    const names = recordings.map(({ name }) => name);
    for (const name of [...CLOSED.keys(), ...UNANSWERED.keys()]) expect(names).toContain(name);
    expect([...checkedActions].sort()).toEqual(Object.keys(CHECKS).sort());
    for (const text of PLACE_ERRORS.keys()) expect(seenPlaceErrors).toContain(text);
  });
});

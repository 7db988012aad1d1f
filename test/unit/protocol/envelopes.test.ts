import { describe, expect, it } from 'vitest';

import { handshakeMessage, pingMessage, readServerMessage, requestMessage } from '../../../src/protocol/envelopes.ts';

describe('messages of the client', () => {
  it('handshake as the long-lived reference client sends it', () => {
    expect(handshakeMessage({ token: 't' })).toEqual({
      type: 'handshake',
      token: 't',
      protocol: 1,
      features: ['tick', 'order_stream'],
    });
    expect(handshakeMessage({ token: 't', features: [] }).features).toEqual([]);
  });

  it('request and ping', () => {
    expect(requestMessage('1', 'broker.account', { account_key: null })).toEqual({
      type: 'request',
      id: '1',
      action: 'broker.account',
      payload: { account_key: null },
    });
    expect(pingMessage('p')).toEqual({ type: 'ping', id: 'p' });
  });
});

describe('readServerMessage', () => {
  it('handshake_ack', () => {
    const frame = { type: 'handshake_ack', session_id: 's1', keepalive: 20, protocol: 1, features: ['data', 'broker'] };
    expect(readServerMessage(frame)).toEqual({
      kind: 'handshake_ack',
      sessionId: 's1',
      keepalive: 20,
      features: ['data', 'broker'],
    });
  });

  it('handshake_ack with everything optional missing or wrong', () => {
    const bare = { kind: 'handshake_ack', sessionId: null, keepalive: null, features: [] };
    expect(readServerMessage({ type: 'handshake_ack' })).toEqual(bare);
    expect(readServerMessage({ type: 'handshake_ack', session_id: 7, keepalive: 'x', features: [1] })).toEqual(bare);
  });

  it('response, with a list, an object or nothing', () => {
    expect(readServerMessage({ type: 'response', id: 'a', payload: [1] })).toEqual({
      kind: 'response',
      id: 'a',
      payload: [1],
    });
    expect(readServerMessage({ type: 'response', id: 'a' })).toEqual({ kind: 'response', id: 'a', payload: null });
  });

  it.each([
    ['a', 'a'],
    [7, '7'],
    [0, '0'],
    ['', null],
    [null, null],
    [undefined, null],
    [{ a: [1] }, null],
  ])('id %j is matched as %j', (id, expected) => {
    expect(readServerMessage({ type: 'pong', id })).toEqual({ kind: 'pong', id: expected });
  });

  it('error with and without id', () => {
    const error = { type: 'error', code: 'REQUEST_FAILED', message: '未知 action: foo.bar' };
    const read = { kind: 'error', code: 'REQUEST_FAILED', message: '未知 action: foo.bar' };
    expect(readServerMessage({ ...error, id: 'a1' })).toEqual({ ...read, id: 'a1' });
    expect(readServerMessage(error)).toEqual({ ...read, id: null });
  });

  it('error without code or text is still an error', () => {
    expect(readServerMessage({ type: 'error', id: 'x', message: 5 })).toEqual({
      kind: 'error',
      id: 'x',
      code: 'UNKNOWN_ERROR',
      message: '',
    });
  });

  it('event', () => {
    expect(readServerMessage({ type: 'event', event: 'tick', payload: { symbol: 'x' } })).toEqual({
      kind: 'event',
      event: 'tick',
      payload: { symbol: 'x' },
    });
    expect(readServerMessage({ type: 'event' })).toEqual({ kind: 'event', event: '', payload: null });
  });

  it('anything else', () => {
    expect(readServerMessage({ type: 'hello' })).toEqual({ kind: 'other', type: 'hello' });
    expect(readServerMessage({ type: null })).toEqual({ kind: 'other', type: null });
    expect(readServerMessage({})).toEqual({ kind: 'other', type: null });
  });
});

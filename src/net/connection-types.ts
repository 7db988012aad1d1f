/** What a connection is doing, as a stream anyone can watch. `reason` is a sentence for people. */
export type ConnectionStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly attempt: number }
  /** `features`: what the gateway says in its handshake that it can do. */
  | {
      readonly kind: 'ready';
      readonly sessionId: string;
      readonly epoch: number;
      readonly features: readonly string[];
    }
  /** Not connected; a new attempt follows in `retryInMs`. `wasReady` tells a lost session from a failed attempt. */
  | {
      readonly kind: 'lost';
      readonly code: string;
      readonly reason: string;
      readonly wasReady: boolean;
      readonly retryInMs: number;
    }
  /** Final: nothing is tried again (wrong token, unusable certificate). */
  | { readonly kind: 'failed'; readonly code: string; readonly reason: string }
  /** Final: stopped by its owner. */
  | { readonly kind: 'closed' };

/** Wall milliseconds of everything a connection waits for. */
export interface ConnectionTimes {
  /** TCP (and TLS) until open. */
  readonly connectMs: number;
  /** From open until the handshake is answered. */
  readonly handshakeMs: number;
  /** An idle session is pinged this often. */
  readonly pingMs: number;
  /** A pong is due within this time. */
  readonly pongMs: number;
  /** With a request in flight, nothing heard for this long means a dead link; above the gateway's own limit of 60 s a request. */
  readonly silenceMs: number;
  readonly firstRetryMs: number;
  readonly maxRetryMs: number;
}

export const CONNECTION_TIMES: ConnectionTimes = {
  connectMs: 10_000,
  handshakeMs: 10_000,
  pingMs: 5_000,
  pongMs: 10_000,
  silenceMs: 65_000,
  firstRetryMs: 1_000,
  maxRetryMs: 30_000,
};

import type { BtError } from '../domain/errors.ts';

/** Where to connect to; `tlsCaFile` (a PEM file of trusted certificates) switches TLS on. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly tlsCaFile: string | null;
}

/** What a transport tells its owner; never called from inside the `Dial` call itself. */
export interface TransportHandlers {
  /** The link is up (TCP, and TLS with the peer's name checked when asked for); writing may start. */
  onOpen(): void;
  onData(chunk: Buffer): void;
  /** The link is gone or could not be made; the error says why (code, message, fault). Called at most once. */
  onClose(error: BtError): void;
}

/** One byte stream to a peer. */
export interface Transport {
  /** Hands bytes over in this very tick. Writing to a dead link is silently lost: `onClose` reports it. */
  write(data: Buffer): void;
  /** Ends the link at once; idempotent. `onClose` may or may not follow. */
  destroy(): void;
}

/** Starts one attempt to reach an endpoint. Never throws: failures arrive in `onClose`. */
export type Dial = (endpoint: Endpoint, handlers: TransportHandlers) => Transport;

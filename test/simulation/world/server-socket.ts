import { Duplex } from 'node:stream';
import type { ServerEnd } from './link.ts';

/** The server's end of a link as the stream its sessions take. */
export class ServerSocket extends Duplex {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort: number;
  readonly #end: ServerEnd;

  constructor(end: ServerEnd, port: number) {
    super({ allowHalfOpen: true });
    this.#end = end;
    this.remotePort = port;
    end.onData = (chunk) => {
      if (!this.destroyed) this.push(chunk);
    };
    end.onClose = () => {
      if (!this.destroyed) this.push(null);
    };
  }

  override _read(): void {
    // Whatever arrives is pushed.
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#end.write(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.#end.destroy();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#end.destroy();
    done(error);
  }
}

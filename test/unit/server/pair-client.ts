import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { expect } from 'vitest';
import { nextTurn } from '../../../src/platform/turn.ts';
import { encodeFrame, FrameDecoder } from '../../../src/protocol/frame.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { GatewayServer } from '../../../src/server/index.ts';

/** A client without a socket. */
export class PairClient {
  readonly messages: JsonObject[] = [];
  ended = false;
  readonly #side: Duplex;

  constructor(server: Pick<GatewayServer, 'attach'>, token: string | null = 'stub') {
    const [ours, theirs] = duplexPair({ allowHalfOpen: true });
    const decoder = new FrameDecoder();
    this.#side = ours;
    ours.on('data', (chunk: Buffer) => {
      this.messages.push(...decoder.push(chunk));
    });
    ours.on('end', () => {
      this.ended = true;
    });
    ours.on('close', () => {
      this.ended = true;
    });
    server.attach(theirs);
    if (token !== null) this.send({ type: 'handshake', token });
  }

  send(message: JsonObject): void {
    this.#side.write(encodeFrame(message));
  }

  async request(action: string, payload: JsonObject = {}): Promise<JsonObject> {
    const id = `${action}-${this.messages.length}`;
    this.send({ type: 'request', id, action, payload });
    const answer = (): JsonObject | undefined => this.messages.find((message) => message['id'] === id);
    await turns(() => answer() !== undefined);
    return answer() ?? {};
  }

  close(): void {
    this.#side.destroy();
  }
}

/** Lets the loop turn until the condition holds. */
export async function turns(condition: () => boolean): Promise<void> {
  for (let n = 0; n < 1000 && !condition(); n += 1) await nextTurn();
  expect(condition()).toBe(true);
}

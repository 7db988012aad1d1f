import { connect } from 'node:net';
import { uuid } from '../src/platform/ids.ts';
import { requestMessage } from '../src/protocol/envelopes.ts';
import type { JsonObject } from '../src/protocol/json.ts';
import { bareFrame, bareReader } from './bare-frames.ts';

/** What a connection hears: an answer, or something that was told by itself. */
export type Message = Readonly<Record<string, unknown>>;

/** One connection that asks, the same on both sides of a comparison: nothing but frames. */
export interface Client {
  ask(action: string, payload: JsonObject): Promise<Message>;
  /** Everything that comes and answers nothing. */
  onEvent: (message: Message) => void;
  close(): void;
}

/** With a handshake where there is a token. */
export async function openClient(port: number, token: string | null): Promise<Client> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const waiting = new Map<unknown, (message: Message) => void>();
  const client: Client = {
    onEvent: () => undefined,
    ask: (action, payload) =>
      new Promise((resolve) => {
        const id = uuid();
        waiting.set(id, resolve);
        socket.write(bareFrame(requestMessage(id, action, payload)));
      }),
    close: () => socket.destroy(),
  };
  const welcome = Promise.withResolvers<void>();
  const read = bareReader((given) => {
    const message = given as Message;
    const answered = waiting.get(message['id']);
    waiting.delete(message['id']);
    if (answered !== undefined) answered(message);
    else if (message['type'] === 'handshake_ack') welcome.resolve();
    else client.onEvent(message);
  });
  socket.on('data', read).on('error', (error) => welcome.reject(error));
  if (token === null) socket.on('connect', () => welcome.resolve());
  else socket.write(bareFrame({ type: 'handshake', token, protocol: 1, features: ['tick'] }));
  await welcome.promise;
  return client;
}

export interface Load {
  /** Requests a second. */
  readonly rate: number;
  /** Wall ms of each. */
  readonly times: readonly number[];
}

/** One request under way at each connection for so many ms. Throws when one is answered with an error. */
export async function loadOf(
  clients: readonly Client[],
  action: string,
  payload: JsonObject,
  ms: number,
): Promise<Load> {
  const began = performance.now();
  const times: number[] = [];
  const lane = async (client: Client): Promise<void> => {
    while (performance.now() - began < ms) {
      const asked = performance.now();
      const answer = await client.ask(action, payload);
      times.push(performance.now() - asked);
      if (answer['type'] !== 'response') throw new Error(`${action}: ${JSON.stringify(answer).slice(0, 300)}`);
    }
  };
  await Promise.all(clients.map(lane));
  return { rate: (times.length / (performance.now() - began)) * 1000, times };
}

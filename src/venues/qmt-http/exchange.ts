import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { readFileSync } from 'node:fs';
import { BtError, errorMessage } from '../../domain/errors.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { parseWireBytes } from '../../protocol/json.ts';
import type { QmtHttpConfig } from './config.ts';

/** Root of the wrapper's paths. */
const ROOT = '/xtquant/trade';
const CONNECT_MS = 5_000;
const MOST_BYTES = 32 * 1024 * 1024;
/** Connections for reads at a time; the wrapper answers one after the other. */
const READ_CONNECTIONS = 4;

/** An answer, whatever it says. `body`: undefined where it is no JSON. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface Question {
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A connection of its own: what fails before it is there was provably not sent. */
  readonly fresh: boolean;
  readonly timeoutMs: number;
}

/** Asks the wrapper; each question goes out once. */
export class Exchange {
  readonly #config: QmtHttpConfig;
  readonly #timers: TimerSource;
  readonly #agent: HttpAgent | HttpsAgent;
  readonly #isTls: boolean;
  readonly #ca: Buffer | null;
  readonly #open = new Set<ClientRequest>();

  /** Throws BtError TLS_CA_UNREADABLE. */
  constructor(config: QmtHttpConfig, timers: TimerSource = systemTimers) {
    this.#config = config;
    this.#timers = timers;
    this.#isTls = config.origin.startsWith('https:');
    this.#ca = config.tlsCaFile === null ? null : readCa(config.tlsCaFile);
    const options = { keepAlive: true, maxSockets: READ_CONNECTIONS };
    this.#agent = this.#isTls ? new HttpsAgent(options) : new HttpAgent(options);
  }

  /**
   * The answer. Throws BtError (network) when none came: LINK_LOST, RPC_TIMEOUT or ANSWER_TOO_LARGE; details.sent: false = no byte of
   * it left, true = it may have been read.
   */
  ask(question: Question): Promise<Reply> {
    const { path, parameters, fresh, timeoutMs } = question;
    const { token, origin } = this.#config;
    const query = new URLSearchParams(parameters).toString();
    const options = {
      agent: fresh ? (false as const) : this.#agent,
      headers: { ...question.headers, ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
      ...(this.#ca === null ? {} : { ca: this.#ca }),
    };
    const send = this.#isTls ? httpsRequest : httpRequest;
    const asked = send(`${origin}${ROOT}${path}${query === '' ? '' : `?${query}`}`, options);
    this.#open.add(asked);
    return this.#answer(asked, timeoutMs).finally(() => this.#open.delete(asked));
  }

  /** Gives up what is open. */
  close(): void {
    for (const asked of this.#open) asked.destroy(new Error('it was given up at the end'));
    this.#agent.destroy();
  }

  #answer(asked: ClientRequest, timeoutMs: number): Promise<Reply> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const state = { sent: false };
    const giveUp = (code: string, why: string): void => {
      reject(lost(code, why, state.sent));
      asked.destroy();
    };
    const whole = this.#timers.after(timeoutMs, () =>
      giveUp('RPC_TIMEOUT', `Nothing was answered within ${timeoutMs / 1000} s.`),
    );
    const connecting = this.#timers.after(Math.min(CONNECT_MS, timeoutMs), () => {
      if (!state.sent) giveUp('LINK_LOST', `No connection within ${CONNECT_MS / 1000} s.`);
    });
    asked.on('socket', (socket) => {
      const connected = (): void => {
        state.sent = true;
      };
      if (!socket.connecting) connected();
      else socket.once(this.#isTls ? 'secureConnect' : 'connect', connected);
    });
    asked.on('error', (error) => reject(lost('LINK_LOST', errorMessage(error), state.sent)));
    asked.on('response', (response) => {
      readAll(response).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, body: jsonOf(bytes) }),
        (error: unknown) => giveUp('LINK_LOST', errorMessage(error)),
      );
    });
    asked.end();
    return promise.finally(() => {
      whole.cancel();
      connecting.cancel();
    });
  }
}

async function readAll(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = chunk as Buffer; // no encoding was set
    size += bytes.length;
    if (size > MOST_BYTES) throw new Error(`the answer is larger than ${MOST_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return parseWireBytes(bytes);
  } catch {
    return undefined;
  }
}

function lost(code: string, why: string, sent: boolean): BtError {
  const text = `The wrapper did not answer: ${why} Check that it runs, QMT_HTTP_URL, QMT_HTTP_TLS_CERT and a firewall.`;
  return new BtError(code, text, { fault: 'network', details: { sent, answered: false } });
}

function readCa(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const text = `QMT_HTTP_TLS_CERT ${path} cannot be read: ${errorMessage(error)}. Name a readable PEM file.`;
    throw new BtError('TLS_CA_UNREADABLE', text, { fault: 'config', cause: error });
  }
}

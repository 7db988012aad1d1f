import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { DispatchContext, HistoryBlock } from '../../../runtime/host.ts';
import { ACCOUNT_SLOT, REPLY_SLOT, send, toWire, type Call, type Reply } from './bridge.ts';
import { packHistory } from './history-block.ts';
import type { AsyncHost } from './types.ts';

type Method = (...args: unknown[]) => unknown;

/** The engine's end of the border: answers the strategy's calls out of an AsyncHost. */
export class BridgeServer {
  readonly #port: MessagePort;
  readonly #shared: Int32Array<SharedArrayBuffer>;
  readonly #host: AsyncHost;
  readonly #context: () => DispatchContext;

  constructor(
    port: MessagePort,
    shared: Int32Array<SharedArrayBuffer>,
    host: AsyncHost,
    context: () => DispatchContext,
  ) {
    this.#port = port;
    this.#shared = shared;
    this.#host = host;
    this.#context = context;
    port.on('message', (call: Call) => {
      void this.#serve(call);
    });
  }

  /** Tells the strategy that what it holds of the account is old. */
  bumpAccount(version: number): void {
    Atomics.store(this.#shared, ACCOUNT_SLOT, version | 0);
  }

  /** Takes what was sent before this moment: the ends of hooks come on another channel, and a last log line must not come after them. */
  drain(): void {
    for (let next = receiveMessageOnPort(this.#port); next !== undefined; next = receiveMessageOnPort(this.#port)) {
      void this.#serve(next.message as Call); // only our runtime holds the other end
    }
  }

  close(): void {
    this.#port.close();
  }

  async #serve([number, method, args]: Call): Promise<void> {
    let reply: Reply;
    try {
      // Both ends of this port are ours: `method` is always a name of AsyncHost.
      const run = this.#host[method as keyof AsyncHost] as Method;
      reply = [true, await run.apply(this.#host, [...args, this.#context()])];
    } catch (error) {
      reply = [false, toWire(error)];
    }
    if (number !== 0) this.#answer(number, method, reply);
  }

  #answer(number: number, method: string, reply: Reply): void {
    try {
      if (method === 'history' && reply[0]) this.#postColumns(reply[1] as readonly HistoryBlock[]);
      else send(this.#port, reply);
    } catch (error) {
      send(this.#port, [false, toWire(error)]); // a value that cannot be cloned
    }
    Atomics.store(this.#shared, REPLY_SLOT, number);
    Atomics.notify(this.#shared, REPLY_SLOT);
  }

  /** All columns of all securities travel as one copy that is handed over. */
  #postColumns(blocks: readonly HistoryBlock[]): void {
    const packed = packHistory(blocks);
    send(this.#port, [true, packed], [packed.numbers.buffer]);
  }
}

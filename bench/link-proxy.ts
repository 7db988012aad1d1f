import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** `open`: all passes. `silent`: nothing does, and neither side is told. `cut`: links end, callers are turned away. */
type Mode = 'open' | 'silent' | 'cut';

/** A wire between a venue and its gateway on this machine that can go bad. */
export class LinkProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #mode: Mode = 'open';
  /** Cuts everything when the answer to the request with this text comes. */
  #trap: { readonly text: string; readonly sprung: () => void } | null = null;
  #onCaller: () => void = () => undefined;

  private constructor(gatewayPort: number) {
    this.#server = createServer((caller) => {
      if (this.#mode === 'cut') caller.destroy();
      else this.#join(caller, connect({ host: '127.0.0.1', port: gatewayPort }));
    });
  }

  static async start(gatewayPort: number): Promise<LinkProxy> {
    const proxy = new LinkProxy(gatewayPort);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port; // it listens on TCP
  }

  silence(): void {
    this.#mode = 'silent';
  }

  /** Lets the request that contains `text` through, and cuts every link instead of delivering its answer. Resolves then. */
  cutAtAnswer(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.#trap = { text, sprung: resolve };
    });
  }

  /** Links are possible again. Resolves when the first caller is let through. */
  mend(): Promise<void> {
    this.#mode = 'open';
    return new Promise((resolve) => {
      this.#onCaller = resolve;
    });
  }

  close(): void {
    this.#cut();
    this.#server.close();
  }

  #cut(): void {
    this.#mode = 'cut';
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(caller: Socket, gateway: Socket): void {
    this.#onCaller();
    let trapped = false;
    this.#pass(caller, gateway, (chunk) => {
      trapped ||= this.#trap !== null && chunk.includes(this.#trap.text);
    });
    this.#pass(gateway, caller, () => {
      if (!trapped) return;
      this.#cut();
      this.#trap?.sprung();
      this.#trap = null;
    });
  }

  /** `look` sees each chunk before it is handed on, and may cut. */
  #pass(from: Socket, to: Socket, look: (chunk: Buffer) => void): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('error', () => undefined);
    from.on('data', (chunk: Buffer) => {
      look(chunk);
      if (this.#mode === 'open') to.write(chunk);
    });
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}

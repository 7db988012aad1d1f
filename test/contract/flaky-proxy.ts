import * as net from 'node:net';

/** A TCP proxy on 127.0.0.1 whose connections a test can cut, and which turns callers away until it is mended. */
export class FlakyProxy {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  #isCut = false;

  private constructor(targetPort: number) {
    this.#server = net.createServer((client) => {
      if (this.#isCut) {
        client.destroy();
        return;
      }
      const target = net.connect({ host: '127.0.0.1', port: targetPort });
      this.#join(client, target);
      this.#join(target, client);
    });
  }

  static async start(targetPort: number): Promise<FlakyProxy> {
    const proxy = new FlakyProxy(targetPort);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject);
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  cut(): Promise<void> {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
    return Promise.resolve();
  }

  mend(): Promise<void> {
    this.#isCut = false;
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.cut();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #join(from: net.Socket, to: net.Socket): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('error', () => {});
    from.on('data', (chunk: Buffer) => {
      to.write(chunk);
    });
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}

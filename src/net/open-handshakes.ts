/** TLS handshakes of one address that may be under way; each holds one of the listener's sockets. */
export const MAX_HANDSHAKES_PER_ADDRESS = 32;

/** What is asked of a socket here. */
interface ClosingPeer {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  once(event: 'close', listener: () => void): unknown;
}

/** Counts TLS handshakes under way, so that one address cannot hold every socket with half of them. */
export class OpenHandshakes {
  readonly #ports = new Map<string, Set<number>>();

  /** False when its address has too many already; else it counts until `end`, or until the socket closes. */
  begin(socket: ClosingPeer): boolean {
    const { remoteAddress: address = '', remotePort: port = 0 } = socket;
    const ports = this.#ports.get(address) ?? new Set();
    if (ports.size >= MAX_HANDSHAKES_PER_ADDRESS) return false;
    this.#ports.set(address, ports.add(port));
    socket.once('close', () => {
      this.end(address, port);
    });
    return true;
  }

  end(address = '', port = 0): void {
    const ports = this.#ports.get(address);
    ports?.delete(port);
    if (ports?.size === 0) this.#ports.delete(address);
  }
}

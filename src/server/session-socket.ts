import type { Duplex } from 'node:stream';

/**
 * What a session needs of its connection: a TCP or TLS socket, or one half of a pair inside this process. It must allow
 * half-open connections: a peer that ended its side still gets its answers.
 */
export type SessionSocket = Duplex & {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
};

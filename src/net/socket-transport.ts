import { readFileSync } from 'node:fs';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { BtError, errorCode, errorMessage } from '../domain/errors.ts';
import type { Endpoint, Transport, TransportHandlers } from './transport.ts';

const TCP_KEEP_ALIVE_MS = 15_000;

/** Reaches an endpoint over TCP, or over TLS when it names a CA file. The client's only door to `node:net` and `node:tls`. */
export function dialSocket(endpoint: Endpoint, handlers: TransportHandlers): Transport {
  try {
    return endpoint.tlsCaFile === null
      ? attach(net.connect({ host: endpoint.host, port: endpoint.port }), 'connect', endpoint, handlers)
      : attach(connectTls(endpoint, endpoint.tlsCaFile), 'secureConnect', endpoint, handlers);
  } catch (error) {
    const failure = error instanceof BtError ? error : explain(error, endpoint);
    queueMicrotask(() => {
      handlers.onClose(failure);
    });
    return { write() {}, destroy() {} };
  }
}

function connectTls(endpoint: Endpoint, caFile: string): tls.TLSSocket {
  const { host, port } = endpoint;
  const ca = readCa(caFile);
  // A name for SNI; an IP address must not be sent there, and is checked against the certificate's addresses all the same.
  const name = net.isIP(host) === 0 ? { servername: host } : {};
  try {
    return tls.connect({ host, port, ca, rejectUnauthorized: true, ...name });
  } catch (error) {
    throw badCaFile(caFile, error);
  }
}

function attach(
  socket: net.Socket,
  openEvent: 'connect' | 'secureConnect',
  endpoint: Endpoint,
  handlers: TransportHandlers,
): Transport {
  let failure: BtError | null = null;
  let opened = false;
  socket.setNoDelay(true);
  socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
  socket.once(openEvent, () => {
    opened = true;
    handlers.onOpen();
  });
  socket.on('data', (chunk: Buffer) => {
    handlers.onData(chunk);
  });
  socket.on('error', (error) => {
    failure ??= explain(error, endpoint);
  });
  // Half-closing has no use in this protocol: the peer's FIN ends the link.
  socket.once('end', () => {
    socket.destroy();
  });
  socket.once('close', () => {
    const silentTls = !opened && endpoint.tlsCaFile !== null && (failure === null || failure.code === 'LINK_CLOSED');
    handlers.onClose(silentTls ? noTls(endpoint) : (failure ?? closedByPeer(endpoint)));
  });
  return {
    write(data: Buffer): void {
      if (!socket.destroyed) socket.write(data);
    },
    destroy(): void {
      socket.destroy();
    },
  };
}

function readCa(file: string): Buffer {
  let ca: Buffer;
  try {
    ca = readFileSync(file);
  } catch (error) {
    throw badCaFile(file, error);
  }
  if (!ca.includes('-----BEGIN CERTIFICATE-----')) throw badCaFile(file, new Error('it holds no PEM certificate'));
  return ca;
}

function badCaFile(file: string, cause: unknown): BtError {
  return new BtError(
    'TLS_CA_UNREADABLE',
    `The CA file ${file} cannot be used: ${errorMessage(cause)}. Set QMT_SERVER_TLS_CERT to a readable PEM file, or leave it empty to connect without TLS.`,
    { fault: 'config', cause },
  );
}

function closedByPeer(endpoint: Endpoint): BtError {
  return new BtError('LINK_CLOSED', `${at(endpoint)} closed the connection.`, { fault: 'network' });
}

/** A stock gateway takes the first bytes of TLS for an oversized frame and closes without a word. */
function noTls(endpoint: Endpoint): BtError {
  return new BtError(
    'LINK_CLOSED',
    `${at(endpoint)} closed the connection during the TLS handshake. A stock gateway speaks no TLS: leave QMT_SERVER_TLS_CERT empty, or put a TLS terminator in front of it.`,
    { fault: 'network' },
  );
}

function at(endpoint: Endpoint): string {
  return `${endpoint.host}:${endpoint.port}`;
}

/** A socket error in words that say what to look at. */
function explain(error: unknown, endpoint: Endpoint): BtError {
  const code = errorCode(error) ?? '';
  const options = { fault: 'network', cause: error } as const;
  if (CERTIFICATE_NAME.has(code)) {
    return new BtError(
      'TLS_REJECTED',
      `The certificate of ${at(endpoint)} is for another name: ${errorMessage(error)}. Set QMT_SERVER_HOST to a name in the certificate.`,
      { ...options, fault: 'config' },
    );
  }
  if (isCertificateProblem(code)) {
    return new BtError(
      'TLS_REJECTED',
      `The certificate of ${at(endpoint)} is not trusted (${code}). Set QMT_SERVER_TLS_CERT to the CA file that signed it.`,
      { ...options, fault: 'config' },
    );
  }
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') {
    return new BtError(
      'TLS_REJECTED',
      `${at(endpoint)} does not speak TLS (${code}). Leave QMT_SERVER_TLS_CERT empty for a plain gateway, or point QMT_SERVER_PORT at the TLS terminator.`,
      { ...options, fault: 'config' },
    );
  }
  const gone = code === 'ECONNRESET' || code === 'EPIPE';
  return new BtError(
    gone ? 'LINK_CLOSED' : 'LINK_FAILED',
    `${at(endpoint)}: ${HINTS[code] ?? errorMessage(error)}`,
    options,
  );
}

const CERTIFICATE_NAME: ReadonlySet<string> = new Set(['ERR_TLS_CERT_ALTNAME_INVALID']);

function isCertificateProblem(code: string): boolean {
  return /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|ERROR_IN_CERT|HOSTNAME_MISMATCH)/.test(
    code,
  );
}

const HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    'nothing listens there (connection refused). Start the gateway, or correct QMT_SERVER_HOST and QMT_SERVER_PORT.',
  ENOTFOUND: 'this host name does not exist. Correct QMT_SERVER_HOST.',
  EAI_AGAIN: 'the host name could not be resolved just now. Check the DNS and QMT_SERVER_HOST.',
  EHOSTUNREACH: 'no route to this host. Check the network and QMT_SERVER_HOST.',
  ENETUNREACH: 'this network cannot be reached. Check the network and QMT_SERVER_HOST.',
  ETIMEDOUT: 'no answer (timed out). Check the network, a firewall, QMT_SERVER_HOST and QMT_SERVER_PORT.',
  ECONNRESET: 'the connection was reset by the other side.',
  EPIPE: 'the connection was closed by the other side.',
};

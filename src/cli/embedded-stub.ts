import type { Clock } from '../platform/clock.ts';
import { keepSecret } from '../platform/exit-text.ts';
import { uuid } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { growYoungSpace } from '../platform/young-space.ts';

/** The paper market of `--with-stub`: a real server on a port of this machine, in this process, on the run's clock. */
export interface EmbeddedStub {
  /** The venue's settings that lead to it; they replace those of the user. */
  readonly settings: Readonly<Record<string, string>>;
  readonly token: string;
  stop(): Promise<void>;
}

/** `book`: file of its book; null = it forgets with the process. */
export async function startEmbeddedStub(options: {
  readonly clock: Clock;
  /** The `--at` its book keeps; null = none. */
  readonly begun: number | null;
  readonly seed: number;
  readonly book: string | null;
  /** Whether it is traded on over HTTP. */
  readonly http: boolean;
  readonly log: Log;
}): Promise<EmbeddedStub> {
  // The market's rows come and go by the thousand.
  growYoungSpace();
  const { startServer } = await import('../server/index.ts');
  const token = uuid();
  keepSecret(token);
  const host = '127.0.0.1';
  const { clock, begun, seed, book } = options;
  const http = options.http ? { host, port: 0, token, origins: [] } : null;
  const server = await startServer(
    { host, port: 0, token, market: 'simulated', clock, begun, seed, statePath: book, accessLog: false, http },
    quiet(options.log.child('stub')),
  );
  return {
    token,
    settings: {
      QMT_SERVER_HOST: host,
      QMT_SERVER_PORT: String(server.port),
      QMT_SERVER_TOKEN: token,
      // The user's own belong to another gateway.
      QMT_SERVER_ACCOUNT_KEY: '',
      QMT_SERVER_SUB_ACCOUNT: '',
      QMT_SERVER_TLS_CERT: '',
      ...(server.httpPort === null ? {} : httpSettings(`http://${host}:${server.httpPort}`, token)),
    },
    stop: () => server.stop(),
  };
}

function httpSettings(url: string, token: string): Record<string, string> {
  return {
    QMT_HTTP_URL: url,
    QMT_HTTP_TOKEN: token,
    QMT_HTTP_ACCOUNT_ID: '',
    QMT_HTTP_ACCOUNT_TYPE: '',
    QMT_HTTP_QMT_DIR: '',
    QMT_HTTP_TLS_CERT: '',
  };
}

/** Who connects to a server of our own is no news. */
function quiet(log: Log): Log {
  return {
    ...log,
    write: (entry) => {
      log.write(entry.level === 'info' ? { ...entry, level: 'debug' } : entry);
    },
    info: (text, fields) => {
      log.debug(text, fields);
    },
    child: () => quiet(log), // one source: a user does not care which part of the stub speaks
  };
}

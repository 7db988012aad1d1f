import { BtError } from '../../domain/errors.ts';
import type { ConnectionStatus } from '../../net/connection-types.ts';
import { Listeners } from '../../net/listeners.ts';
import { inTime, systemTimers } from '../../platform/timers.ts';
import type { VenueStatus } from '../broker.ts';
import { CancelPool } from './cancel-pool.ts';
import type { QmtRemoteConfig } from './config.ts';
import { createSession } from './session.ts';
import type { Session, SessionDeps } from './session.ts';

/** How long a start may take before it is given up, wall ms: a connect time-out and a second try. */
const START_MS = 15_000;

/**
 * The gateway serves one request at a time per session and may hold one for 16 s. So there are four kinds: `place` (one request in
 * flight), a pool for cancels (opened on demand), `read` (account, orders, …) and `data` (quotes, history, ticks).
 */
export class Sessions {
  readonly place: Session;
  readonly read: Session;
  readonly data: Session;
  readonly cancels: CancelPool;
  readonly #config: QmtRemoteConfig;
  readonly #deps: SessionDeps;
  readonly #statusListeners = new Listeners<VenueStatus>();
  #starting: Promise<void> | null = null;

  constructor(config: QmtRemoteConfig, deps: SessionDeps = {}) {
    this.#config = config;
    this.#deps = deps;
    this.place = this.#create('place');
    this.read = this.#create('read');
    this.data = this.#create('data');
    this.cancels = new CancelPool((name) => this.#create(name), deps.timers ?? systemTimers);
  }

  /**
   * Resolves when place, read and data are ready; the same promise for every caller. Throws BtError CONNECT_FAILED after 15 s,
   * and at once what no retry can mend (AUTH_FAILED, TLS_…); then everything is stopped.
   */
  start(): Promise<void> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  /** What trades comes back quickly while somebody needs it to: see `Connection.setUrgent`. */
  setUrgent(urgent: boolean): void {
    this.place.connection.setUrgent(urgent);
    this.read.connection.setUrgent(urgent);
  }

  /** Ends everything that trades; quotes go on. */
  stopTrading(): void {
    this.place.connection.stop();
    this.read.connection.stop();
    this.cancels.stop();
  }

  /** Ends quotes, history and ticks; trading goes on. */
  stopData(): void {
    this.data.connection.stop();
  }

  /** One event for each session that comes up, goes down or fails for good. Returns the unsubscriber. */
  onStatus(listener: (status: VenueStatus) => void): () => void {
    return this.#statusListeners.add(listener);
  }

  async #start(): Promise<void> {
    const ready = Promise.all(this.#eager().map(whenReady));
    try {
      await inTime(this.#deps.timers ?? systemTimers, START_MS, ready, () => {
        throw this.#unreachable();
      });
    } catch (error) {
      this.stopTrading();
      this.stopData();
      throw error;
    }
  }

  #eager(): readonly Session[] {
    return [this.place, this.read, this.data];
  }

  #create(name: string): Session {
    const session = createSession(name, this.#config, this.#deps);
    let isDown = false;
    session.connection.onStatus((status) => {
      // One report for an outage, not one for each attempt to end it.
      if (status.kind === 'lost' && isDown) return;
      isDown = status.kind === 'lost' || (isDown && status.kind === 'connecting');
      const report = venueStatus(name, status);
      if (report !== null) this.#statusListeners.emit(report);
    });
    return session;
  }

  #unreachable(): BtError {
    const { host, port } = this.#config;
    const reasons = this.#eager().flatMap(({ connection: { status } }) =>
      status.kind === 'lost' ? [status.reason] : status.kind === 'connecting' ? ['no answer yet.'] : [],
    );
    const why = [...new Set(reasons)].join(' ');
    // A reason that says what to change needs no other advice.
    const advice = why.includes('QMT_SERVER_')
      ? ''
      : ' Check that the gateway runs, QMT_SERVER_HOST, QMT_SERVER_PORT, QMT_SERVER_TLS_CERT and a firewall.';
    return new BtError(
      'CONNECT_FAILED',
      `No session with the gateway at ${host}:${port} within ${START_MS / 1000} s: ${why}${advice}`,
      { fault: 'network', details: { host, port } },
    );
  }
}

/** Starts the session; resolves at its first `ready`, rejects when it fails for good or is closed. */
function whenReady({ name, connection }: Session): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (status: ConnectionStatus): void => {
      if (status.kind === 'ready') resolve();
      else if (status.kind === 'failed') reject(new BtError(status.code, status.reason, { fault: 'config' }));
      else if (status.kind === 'closed') reject(closedWhileStarting(name));
      else return;
      leave();
    };
    const leave = connection.onStatus(look);
    if (connection.status.kind === 'idle') connection.start();
    else look(connection.status);
  });
}

function closedWhileStarting(name: string): BtError {
  return new BtError('SESSION_CLOSED', `The ${name} session was closed while it started.`, { fault: 'network' });
}

function venueStatus(session: string, status: ConnectionStatus): VenueStatus | null {
  if (status.kind === 'ready') return { kind: 'connected', session };
  if (status.kind === 'lost') return { kind: 'disconnected', session, reason: status.reason };
  if (status.kind === 'failed') return { kind: 'failed', session, code: status.code, reason: status.reason };
  return null;
}

import { BtError } from '../../domain/errors.ts';
import type { ConnectionStatus } from '../../net/connection-types.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Session } from './session.ts';

const MAX_SESSIONS = 4;

interface Waiter {
  readonly give: (session: Session) => void;
  readonly refuse: (error: BtError) => void;
  readonly timer: Timer;
}

/** Up to four sessions that carry one cancel each, because the gateway may hold a cancel for 16 s. Opened on demand, then kept. */
export class CancelPool {
  readonly #create: (name: string) => Session;
  readonly #timers: TimerSource;
  readonly #sessions: Session[] = [];
  readonly #taken = new Set<Session>();
  readonly #waiters = new Set<Waiter>();
  #isStopped = false;

  constructor(create: (name: string) => Session, timers: TimerSource) {
    this.#create = create;
    this.#timers = timers;
  }

  /**
   * Runs `work` with a session of its own. When none is free within `waitMs`, `work` is not called: throws BtError NO_SESSION,
   * or the code with which the sessions failed for good.
   */
  async run<T>(waitMs: number, work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#free() ?? (await this.#wait(waitMs));
    this.#taken.add(session);
    try {
      return await work(session);
    } finally {
      this.#taken.delete(session);
      this.#serve();
    }
  }

  stop(): void {
    this.#isStopped = true;
    for (const session of this.#sessions) session.connection.stop();
    this.#refuseAll(
      new BtError('SESSION_CLOSED', 'The cancel was not sent: the venue was stopped.', { fault: 'network' }),
    );
  }

  /** A session that is up, carries nothing, and still owes no answer to a cancel given up earlier. */
  #free(): Session | null {
    const isFree = (session: Session): boolean =>
      session.connection.isReady && !this.#taken.has(session) && session.rpc.unanswered === 0;
    return this.#sessions.find(isFree) ?? null;
  }

  #wait(waitMs: number): Promise<Session> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        give: (session) => {
          this.#end(waiter);
          // Taken here and not in `run`, which goes on only a microtask later.
          this.#taken.add(session);
          resolve(session);
        },
        refuse: (error) => {
          this.#end(waiter);
          reject(error);
        },
        timer: this.#timers.after(waitMs, () => {
          waiter.refuse(this.#noSession(waitMs));
        }),
      };
      this.#waiters.add(waiter);
      this.#grow();
    });
  }

  #grow(): void {
    const coming = this.#sessions.filter(({ connection }) => connection.status.kind === 'connecting').length;
    if (this.#isStopped) this.stop();
    else if (this.#sessions.length < MAX_SESSIONS && coming < this.#waiters.size) this.#open();
  }

  #open(): void {
    const session = this.#create(`cancel-${this.#sessions.length + 1}`);
    this.#sessions.push(session);
    session.connection.onStatus((status) => {
      this.#follow(status);
    });
    session.rpc.onLateAnswer(() => {
      this.#serve();
    });
    session.connection.start();
  }

  #follow(status: ConnectionStatus): void {
    if (status.kind === 'ready') this.#serve();
    else if (status.kind === 'failed') this.#refuseAll(new BtError(status.code, status.reason, { fault: 'config' }));
  }

  #serve(): void {
    for (const waiter of this.#waiters) {
      const session = this.#free();
      if (session === null) return;
      waiter.give(session);
    }
  }

  #end(waiter: Waiter): void {
    waiter.timer.cancel();
    this.#waiters.delete(waiter);
  }

  #refuseAll(error: BtError): void {
    for (const waiter of this.#waiters) waiter.refuse(error);
  }

  #noSession(waitMs: number): BtError {
    const reasons = this.#sessions.flatMap(({ connection: { status } }) =>
      status.kind === 'lost' || status.kind === 'failed' ? [status.reason] : [],
    );
    const why = reasons[0] ?? 'all are busy with other cancels.';
    return new BtError('NO_SESSION', `The cancel was not sent, no session was free within ${waitMs / 1000} s: ${why}`, {
      fault: 'network',
    });
  }
}

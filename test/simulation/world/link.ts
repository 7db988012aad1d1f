import { BtError } from '../../../src/domain/errors.ts';
import type { Transport, TransportHandlers } from '../../../src/net/transport.ts';
import { FrameLabels, type FrameLabel } from './frame-label.ts';
import type { Process } from './process.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Direction = 'to-server' | 'to-client';

/** What becomes of one written frame. */
export type Verdict =
  | { readonly kind: 'pass' }
  /** Other bytes instead, `delayMs` later than usual. */
  | { readonly kind: 'send'; readonly chunks: readonly Buffer[]; readonly delayMs: number }
  /** Of these bytes the first `at` as usual, the others `delayMs` later. */
  | { readonly kind: 'halves'; readonly chunk: Buffer; readonly at: number; readonly delayMs: number }
  /** The request is not delivered; these bytes answer it. */
  | { readonly kind: 'answer'; readonly chunk: Buffer }
  /** Only `chunk` still arrives; then the link breaks, and both ends learn it (`reset`) or neither (`silent`). */
  | { readonly kind: 'cut'; readonly chunk: Buffer; readonly how: 'reset' | 'silent' };

/** Sees every frame, and decides over it. */
export interface LinkHooks {
  frame(direction: Direction, label: FrameLabel, bytes: Buffer): Verdict;
  /** A whole frame of the client is about to be written, or has been. */
  beforeWrite(owner: Process, label: FrameLabel): void;
  afterWrite(owner: Process, label: FrameLabel): void;
  /** An answer is about to be handled by the client, or has been (its promises have run). */
  beforeAnswer(owner: Process, label: FrameLabel): void;
  afterAnswer(owner: Process, label: FrameLabel): void;
}

/** The server's side of a link. */
export interface ServerEnd {
  onData: (chunk: Buffer) => void;
  /** The client's side is closed, or the link broke. */
  onClose: () => void;
  write(chunk: Buffer): void;
  destroy(): void;
}

export interface LinkOptions {
  readonly owner: Process;
  readonly handlers: TransportHandlers;
  readonly hooks: LinkHooks;
  readonly time: VirtualTime;
  /** Milliseconds one way. */
  readonly latency: number;
  /** Nothing arrives before this instant. */
  readonly blockedUntil: () => number;
  /** The server reads nothing before this instant. */
  readonly hungUntil: () => number;
}

interface Lane {
  lastArrival: number;
  broken: boolean;
}

const PIECE: FrameLabel = { type: 'other', action: '', id: '' };

/** One connection: bytes arrive in order, later than they were written, or not at all. */
export class Link {
  readonly transport: Transport;
  readonly #options: LinkOptions;
  readonly #labels = new FrameLabels();
  readonly #lanes: Record<Direction, Lane> = {
    'to-server': { lastArrival: 0, broken: false },
    'to-client': { lastArrival: 0, broken: false },
  };
  readonly #end: ServerEnd;
  #clientGone = false;
  #serverGone = false;
  /** The server has said something: that the handshake is done. */
  #spoken = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.transport = { write: (data) => this.#clientWrites(data), destroy: () => this.#clientDestroys() };
    this.#end = {
      onData: () => undefined,
      onClose: () => undefined,
      write: (chunk) => this.#serverWrites(chunk),
      destroy: () => this.serverDied(),
    };
    options.owner.onDeath(() => this.#clientDestroys());
  }

  /** The connection reaches the server, and the client hears of it. */
  open(accept: (end: ServerEnd) => void): void {
    this.#arrive('to-server', () => {
      accept(this.#end);
      this.#arrive('to-client', () => {
        if (!this.#clientGone) this.#options.handlers.onOpen();
      });
    });
  }

  /** Both ends lose the link; what is under way is lost. */
  reset(): void {
    this.#break();
    this.#closeEnds();
  }

  /** The server closed its end or died: what it wrote still arrives. */
  serverDied(): void {
    if (this.#serverGone) return;
    this.#serverGone = true;
    this.#arrive('to-client', () => this.#tellClient());
  }

  /** A whole frame that answers nothing, behind what is under way. */
  push(frame: Buffer, heard: (owner: Process) => void): void {
    if (!this.#spoken || this.#serverGone || this.#clientGone) return;
    this.#arrive('to-client', () => {
      const { owner, handlers } = this.#options;
      if (this.#clientGone || !owner.alive) return;
      heard(owner);
      handlers.onData(frame);
    });
  }

  #clientWrites(data: Buffer): void {
    const { owner, hooks } = this.#options;
    if (this.#clientGone || !owner.alive) return;
    const label = this.#labels.toServer(data);
    hooks.beforeWrite(owner, label);
    // Died with the bytes in its hands.
    if (!owner.alive) return;
    this.#judge('to-server', label, data);
    hooks.afterWrite(owner, label);
  }

  #serverWrites(chunk: Buffer): void {
    if (this.#serverGone) return;
    this.#spoken = true;
    this.#judge('to-client', this.#labels.toClient(chunk), chunk);
  }

  #judge(direction: Direction, label: FrameLabel, bytes: Buffer): void {
    const verdict = this.#options.hooks.frame(direction, label, bytes);
    switch (verdict.kind) {
      case 'pass':
        this.#deliver(direction, bytes, label, 0);
        return;
      case 'send':
        for (const chunk of verdict.chunks) this.#deliver(direction, chunk, label, verdict.delayMs);
        return;
      case 'halves':
        this.#deliver(direction, verdict.chunk.subarray(0, verdict.at), PIECE, 0);
        this.#deliver(direction, verdict.chunk.subarray(verdict.at), label, verdict.delayMs);
        return;
      case 'answer':
        this.#arrive('to-server', () => this.#deliver('to-client', verdict.chunk, { ...label, type: 'answer' }, 0));
        return;
      case 'cut':
        this.#cut(direction, verdict);
    }
  }

  #cut(direction: Direction, { chunk, how }: Extract<Verdict, { kind: 'cut' }>): void {
    if (chunk.length > 0) this.#deliver(direction, chunk, PIECE, 0);
    const arrival = this.#lanes[direction].lastArrival;
    this.#break();
    if (how === 'silent') return;
    const wait = Math.max(0, arrival - this.#options.time.now()) + this.#options.latency;
    this.#options.time.after(wait, () => this.#closeEnds());
  }

  #deliver(direction: Direction, chunk: Buffer, label: FrameLabel, delayMs: number): void {
    const hand = (): void => this.#hand(direction, chunk, label);
    this.#arrive(direction, direction === 'to-client' ? hand : () => this.#whenItReads(hand), delayMs);
  }

  /** A server that stands still finds what arrived meanwhile in the order in which it came. */
  #whenItReads(work: () => void): void {
    const { time, hungUntil } = this.#options;
    const late = hungUntil() - time.now();
    if (late > 0) time.after(late, () => this.#whenItReads(work));
    else work();
  }

  #hand(direction: Direction, chunk: Buffer, label: FrameLabel): void {
    if (direction === 'to-server') {
      if (!this.#serverGone) this.#end.onData(chunk);
      return;
    }
    const { owner, hooks, handlers, time } = this.#options;
    if (this.#clientGone || !owner.alive) return;
    if (label.type === 'answer') hooks.beforeAnswer(owner, label);
    if (!owner.alive) return;
    handlers.onData(chunk);
    if (label.type === 'answer') time.after(0, () => hooks.afterAnswer(owner, label));
  }

  /** Runs `work` when it would arrive: after everything written before it in this direction. */
  #arrive(direction: Direction, work: () => void, delayMs = 0): void {
    const lane = this.#lanes[direction];
    if (lane.broken) return;
    const { time, latency, blockedUntil } = this.#options;
    lane.lastArrival = Math.max(lane.lastArrival, time.now() + latency + delayMs, blockedUntil());
    time.after(lane.lastArrival - time.now(), () => {
      const late = blockedUntil() - time.now();
      // Blocked while it was under way: it arrives behind the blockade, and all that follows behind it.
      if (late > 0) time.after(late, work);
      else work();
    });
  }

  #break(): void {
    for (const lane of Object.values(this.#lanes)) lane.broken = true;
  }

  #closeEnds(): void {
    this.#tellClient();
    if (this.#serverGone) return;
    this.#serverGone = true;
    this.#end.onClose();
  }

  #tellClient(): void {
    if (this.#clientGone) return;
    this.#clientGone = true;
    if (!this.#options.owner.alive) return;
    const text = 'the gateway closed the connection.';
    this.#options.handlers.onClose(new BtError('LINK_CLOSED', text, { fault: 'network' }));
  }

  /** The client's process closed or died: what it wrote still arrives, then the end of its stream. */
  #clientDestroys(): void {
    if (this.#clientGone) return;
    this.#clientGone = true;
    this.#arrive('to-server', () => {
      if (this.#serverGone) return;
      this.#serverGone = true;
      this.#end.onClose();
    });
  }
}

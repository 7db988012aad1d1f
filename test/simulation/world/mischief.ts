import type { CrashPoint, FaultKind, FrameFault, Plan, ServerCrash } from '../plan/types.ts';
import type { Trace } from '../trace.ts';
import type { FrameLabel } from './frame-label.ts';
import { encodeFrame } from '../../../src/protocol/frame.ts';
import { openFrame } from './frames.ts';
import type { Direction, LinkHooks, Verdict } from './link.ts';
import type { Process } from './process.ts';
import { strike, STRIKES } from './strike.ts';
import { oddAnswer, type OddFacts } from './odd-rows.ts';
import { answerOf, requestOf } from './traits.ts';

/** Something that is to happen at its `nth` occasion from an instant on. */
interface Armed<T> {
  readonly rule: T;
  left: number;
}

export interface MischiefOptions {
  readonly plan: Plan;
  readonly trace: Trace;
  readonly now: () => number;
  /** A fault strikes, now. */
  readonly onFault: (kind: FaultKind) => void;
  readonly crashEngine: (point: CrashPoint) => void;
  readonly crashServer: (crash: ServerCrash) => void;
  /** A request of the engine passes. */
  readonly onRequest: (label: FrameLabel, frame: Buffer) => void;
  /** An answer of the gateway is about to leave. */
  readonly onAnswer: (label: FrameLabel) => void;
  readonly oddFacts: () => OddFacts;
}

const REFUSAL = encodeFrame({ type: 'error', code: 'AUTH_FAILED', message: 'token 不匹配' });
const PASS: Verdict = { kind: 'pass' };
const LISTS: ReadonlySet<string> = new Set(['broker.orders', 'broker.trades', 'broker.positions']);

/** Carries the plan's faults out on every frame and every I/O of the engine, each once. */
export class Mischief implements LinkHooks {
  readonly #options: MischiefOptions;
  readonly #faults: Armed<FrameFault>[];
  readonly #crashes: Armed<CrashPoint>[];
  readonly #serverCrashes: Armed<ServerCrash>[];
  readonly #struck = new Map<string, FrameFault>();
  readonly #answers = new Map<string, unknown>();
  readonly #keepsAnswers: boolean;
  /** Handshakes are refused until then, virtual ms. */
  #refusesUntil = 0;
  #quiet = false;

  constructor(options: MischiefOptions) {
    const arm = <T extends { readonly nth: number }>(rules: readonly T[]): Armed<T>[] =>
      rules.map((rule) => ({ rule, left: rule.nth }));
    this.#options = options;
    this.#faults = arm(options.plan.frameFaults);
    this.#crashes = arm(options.plan.crashes);
    this.#serverCrashes = arm(options.plan.serverCrashes);
    this.#keepsAnswers = options.plan.frameFaults.some(({ kind }) => kind === 'stale-list');
  }

  /** From now on everything works. */
  stop(): void {
    this.#quiet = true;
    this.#struck.clear();
  }

  refuseHandshakes(ms: number): void {
    this.#refusesUntil = this.#options.now() + ms;
  }

  frame(direction: Direction, label: FrameLabel, bytes: Buffer): Verdict {
    const { plan, onRequest } = this.#options;
    if (direction === 'to-server') {
      if (label.type === 'request') onRequest(label, bytes);
      if (label.type === 'handshake' && this.#refuses()) return { kind: 'answer', chunk: REFUSAL };
      return this.#request(label, requestOf(plan.traits, label, bytes), bytes);
    }
    if (label.type !== 'answer') return PASS;
    this.#options.onAnswer(label);
    const plain = answerOf(plan.traits, label, bytes);
    const honest = plan.odd.length === 0 ? plain : oddAnswer(label, plain, this.#options.oddFacts());
    const verdict = this.#answer(label, honest, bytes);
    if (this.#keepsAnswers && LISTS.has(label.action)) this.#answers.set(label.action, openFrame(honest)?.['payload']);
    return verdict;
  }

  beforeWrite(_owner: Process, label: FrameLabel): void {
    this.#crashAt('write', 'before', label.action);
  }

  afterWrite(_owner: Process, label: FrameLabel): void {
    this.#crashAt('write', 'after', label.action);
  }

  beforeAnswer(_owner: Process, label: FrameLabel): void {
    this.#crashAt('answer', 'before', label.action);
  }

  afterAnswer(_owner: Process, label: FrameLabel): void {
    this.#crashAt('answer', 'after', label.action);
  }

  commit(side: 'before' | 'after'): void {
    this.#crashAt('commit', side, '');
  }

  #refuses(): boolean {
    return !this.#quiet && this.#options.now() < this.#refusesUntil;
  }

  #request(label: FrameLabel, frame: Buffer, written: Buffer): Verdict {
    if (label.type !== 'request') return PASS;
    if (this.#serverCrashAt('before', label.action)) return { kind: 'send', chunks: [], delayMs: 0 };
    const fault = this.#take(label.action);
    if (fault !== null) {
      if (STRIKES[fault.kind] === 'to-server') return this.#strike(fault, label, frame);
      this.#struck.set(label.id, fault);
    }
    return frame === written ? PASS : { kind: 'send', chunks: [frame], delayMs: 0 };
  }

  #answer(label: FrameLabel, frame: Buffer, written: Buffer): Verdict {
    if (this.#serverCrashAt('executed', label.action)) return { kind: 'send', chunks: [], delayMs: 0 };
    const fault = this.#struck.get(label.id);
    this.#struck.delete(label.id);
    const verdict: Verdict =
      fault !== undefined
        ? this.#strike(fault, label, frame)
        : frame === written
          ? PASS
          : { kind: 'send', chunks: [frame], delayMs: 0 };
    this.#serverCrashAt('answered', label.action);
    return verdict;
  }

  #strike(fault: FrameFault, label: FrameLabel, frame: Buffer): Verdict {
    const { trace, onFault } = this.#options;
    trace.add('fault', `${fault.kind} strikes ${label.action} ${label.id} (${detail(fault)})`);
    onFault(fault.kind);
    return strike(fault, label, frame, this.#answers.get(label.action));
  }

  #take(action: string): FrameFault | null {
    return this.#due(this.#faults, (rule) => rule.action === '' || rule.action === action);
  }

  #crashAt(point: CrashPoint['point'], side: CrashPoint['side'], action: string): void {
    const due = this.#due(
      this.#crashes,
      (rule) => rule.point === point && rule.side === side && (rule.action === '' || rule.action === action),
    );
    if (due !== null) this.#options.crashEngine(due);
  }

  #serverCrashAt(point: ServerCrash['point'], action: string): boolean {
    const due = this.#due(this.#serverCrashes, (rule) => rule.point === point && rule.action === action);
    if (due === null) return false;
    this.#options.crashServer(due);
    return true;
  }

  /** The first rule whose occasion this is; every rule that it fits counts it. */
  #due<T extends { readonly from: number }>(rules: Armed<T>[], fits: (rule: T) => boolean): T | null {
    if (this.#quiet || rules.length === 0) return null;
    const now = this.#options.now();
    for (const [index, armed] of rules.entries()) {
      if (now < armed.rule.from || !fits(armed.rule)) continue;
      armed.left -= 1;
      if (armed.left > 0) continue;
      rules.splice(index, 1);
      return armed.rule;
    }
    return null;
  }
}

function detail({ share, ms, code }: FrameFault): string {
  return `share ${share.toFixed(3)}, ${Math.round(ms)} ms, ${code}`;
}

import type { EngineEvent } from '../../engine/events.ts';
import type { RunView } from '../../engine/run-view.ts';
import type { Notifier } from '../../notify/notifier.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import { noticeOf, type Told } from './engine-notices.ts';
import { speaker } from './speaker.ts';

/** Wall ms after which a lost link, and a closed gate, are told: most are back sooner. */
const LINK_MS = 60_000;
const GATE_MS = 30_000;

export interface TellerOptions {
  readonly notifier: Notifier;
  /** `demo` */
  readonly name: string;
  /** Nothing is real, whatever the venue says. */
  readonly isPaper: boolean;
  readonly clock: { now(): number };
  readonly timers: TimerSource;
}

/** Tells of a run while it runs: what happens, and what lasts. Returns what ends it. */
export function tellRun({ events }: Pick<RunView, 'events'>, options: TellerOptions): () => void {
  const { notifier, name, isPaper, clock, timers } = options;
  const tell = (told: Told): void => {
    notifier.tell({ ...told, time: clock.now() });
  };
  const gate = new Lasting(timers, tell, GATE_MS, { kind: 'gate', title: 'Gate closed', back: 'Gate open' });
  const links = new Map<string, Lasting>();
  const hear = (event: EngineEvent): void => {
    if (event.kind === 'venue') notifier.speakAs(speaker(name, isPaper || event.stub));
    else if (event.kind === 'gate')
      gate.follow(event.reason, `Trading waits: ${event.reason ?? ''}`, 'Trading goes on.');
    else if (event.kind === 'link') followLink(links, event, timers, tell);
    else {
      // The alarm says it louder.
      if (event.kind === 'alarm' && event.alarm.code === 'GATE_CLOSED') gate.hush();
      const told = noticeOf(event);
      if (told !== null) tell(told);
    }
  };
  const unsubscribe = events.on(hear);
  return () => {
    unsubscribe();
    gate.end();
    for (const link of links.values()) link.end();
  };
}

function followLink(
  links: Map<string, Lasting>,
  { session, up, reason }: Extract<EngineEvent, { kind: 'link' }>,
  timers: TimerSource,
  tell: (told: Told) => void,
): void {
  const link =
    links.get(session) ?? new Lasting(timers, tell, LINK_MS, { kind: 'link', title: 'Link lost', back: 'Link back' });
  links.set(session, link);
  const why = reason ?? 'no reason was given';
  link.follow(up ? null : why, `The ${session} session is down: ${why}`, `The ${session} session is up again.`);
}

interface LastingWords {
  readonly kind: 'gate' | 'link';
  readonly title: string;
  readonly back: string;
}

/** Something that is told when it lasts, and then also when it is over. */
class Lasting {
  readonly #timers: TimerSource;
  readonly #tell: (told: Told) => void;
  readonly #afterMs: number;
  readonly #words: LastingWords;
  #timer: Timer | null = null;
  #since: number | null = null;
  #isTold = false;

  constructor(timers: TimerSource, tell: (told: Told) => void, afterMs: number, words: LastingWords) {
    this.#timers = timers;
    this.#tell = tell;
    this.#afterMs = afterMs;
    this.#words = words;
  }

  /** `trouble`: null = it is over. */
  follow(trouble: string | null, text: string, over: string): void {
    const { kind, title, back } = this.#words;
    if (trouble === null) {
      const seconds = this.#since === null ? 0 : Math.round((this.#timers.monotonic() - this.#since) / 1000);
      if (this.#isTold)
        this.#tell({ kind, level: 'warning', title: back, text: `${over} It lasted ${lasted(seconds)}.` });
      this.end();
      return;
    }
    if (this.#since !== null) return;
    this.#since = this.#timers.monotonic();
    this.#timer = this.#timers.after(this.#afterMs, () => {
      this.#isTold = true;
      this.#tell({ kind, level: 'warning', title, text });
    });
  }

  /** Somebody else tells it. */
  hush(): void {
    this.#timer?.cancel();
  }

  end(): void {
    this.#timer?.cancel();
    this.#since = null;
    this.#isTold = false;
  }
}

function lasted(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

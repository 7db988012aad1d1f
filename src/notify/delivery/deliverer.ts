import { errorMessage } from '../../domain/errors.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Channel, Outcome, Page } from '../channels/channel.ts';
import { backOff } from '../rules/back-off.ts';
import { cutTo } from '../rules/measure.ts';
import { foldEntries, type Letter } from '../rules/fold.ts';
import { countOn, nextAt } from '../rules/pace.ts';
import { mayTellAt, type QuietHours } from '../rules/quiet.ts';
import { splitText } from '../rules/split.ts';
import { byUrgency } from '../rules/urgency.ts';
import type { Outbox, Waiting } from './outbox.ts';

/** Wall ms that the first of a burst waits for the others; nothing critical waits. */
const FOLD_MS = 3_000;
/** Of what a channel takes at once, so much is the title's. */
const TITLE_ROOM = 200;
/** Entries looked at for one message. */
const MOST_FOLDED = 500;
/** A longer sleep is one of these after the other: the wall clock may be set. */
const LONGEST_SLEEP_MS = 60_000;

export interface DelivererOptions {
  readonly channel: Channel;
  readonly outbox: Outbox;
  readonly timers: TimerSource;
  /** In [0, 1), for the spread of retries. */
  readonly chance: () => number;
  readonly quiet: QuietHours | null;
  /** The digest's PNG; null = it is told in words. */
  readonly picture: (entry: Waiting) => Promise<Uint8Array | null>;
  readonly log: (level: 'info' | 'warning', text: string) => void;
}

interface Due {
  readonly ms: number;
  readonly entries: readonly Waiting[];
  readonly isHeld: boolean;
}

/** Takes what waits in the outbox to one channel: folds, keeps its pace, tries again. One message at a time. */
export class Deliverer {
  readonly #options: DelivererOptions;
  #timer: Timer | null = null;
  #busy: Promise<void> | null = null;
  #failures = 0;
  /** Wall ms before which the channel is left alone. */
  #notBefore = 0;
  #ending = false;
  #ended = false;
  /** The last trouble that was told: the same one is told once. */
  #told: string | null = null;

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  /** Something may have to be delivered. */
  look(): void {
    if (this.#busy !== null || this.#ended) return;
    this.#timer?.cancel();
    this.#timer = null;
    const wait = this.#dueOrTold();
    if (wait === null) return;
    if (wait.ms > 0) {
      this.#timer = this.#options.timers.after(Math.min(wait.ms, LONGEST_SLEEP_MS), () => this.look());
      return;
    }
    this.#busy = this.#deliver(wait.entries).finally(() => {
      this.#busy = null;
      this.look();
    });
  }

  /** Resolves when what can be delivered now has been tried: nothing waits for others any more, and what failed is not waited for. */
  async finish(): Promise<void> {
    this.#ending = true;
    for (;;) {
      this.look();
      if (this.#busy === null) {
        const due = this.#dueOrTold();
        // Its pace alone is worth a wait.
        if (due === null || this.#failures > 0 || due.isHeld) return;
        await new Promise<void>((resolve) => {
          this.#options.timers.after(due.ms, resolve);
        });
      } else await this.#busy;
      if (this.#ended) return;
    }
  }

  /** Nothing is begun any more. */
  end(): void {
    this.#ended = true;
    this.#timer?.cancel();
  }

  /** The same where the outbox cannot be read: told, and looked at again. */
  #dueOrTold(): Due | null {
    try {
      return this.#due();
    } catch (error) {
      this.#tell('warning', `The outbox cannot be read: ${errorMessage(error)}`);
      return { ms: LONGEST_SLEEP_MS, entries: [], isHeld: true };
    }
  }

  /** What is next and in how many ms; `isHeld`: by quiet hours, a pause or a count; null = nothing waits. */
  #due(): Due | null {
    const { channel, outbox, timers, quiet } = this.#options;
    const now = timers.wallNow();
    const all = outbox.waiting(channel.name, now, MOST_FOLDED);
    const ready = all.filter(({ level }) => mayTellAt(quiet, level, now) <= now);
    const [first] = ready;
    if (first === undefined) {
      const held = all.map(({ level }) => mayTellAt(quiet, level, now));
      const later = held.length > 0 ? Math.min(...held) : outbox.nextAt(channel.name);
      return later === null ? null : { ms: Math.max(1, later - now), entries: [], isHeld: true };
    }
    const entries = chosen(ready, first);
    const isUrgent = entries.some(({ level, letter }) => level === 'critical' || letter !== null);
    const gathered = isUrgent || this.#ending || ready.length >= MOST_FOLDED ? now : first.added + FOLD_MS;
    const { level, digest } = entries.toSorted(byUrgency)[0] ?? first;
    const pace = nextAt(channel.limits, outbox.sent(channel.name), level, digest !== null, now);
    // A wall clock that was set back must not hold anything for longer than meant.
    const wait = Math.max(Math.min(gathered, now + FOLD_MS), pace, this.#notBefore) - now;
    return { ms: Math.max(0, wait), entries, isHeld: this.#notBefore > now || wait > LONGEST_SLEEP_MS };
  }

  async #deliver(entries: readonly Waiting[]): Promise<void> {
    const { channel, outbox } = this.#options;
    const seqs = entries.map(({ seq }) => seq);
    try {
      const { longest, measure } = channel.limits;
      const letter = foldEntries(entries, longest - TITLE_ROOM, measure);
      outbox.take(channel.name, seqs, letter.id);
      const digest = entries.find((entry) => entry.digest !== null) ?? null;
      const picture = digest === null || channel.picture === 'none' ? null : await this.#options.picture(digest);
      const outcome = await this.#sendPages(letter, channel.picture === 'along' ? picture : null);
      this.#settle(outcome, seqs);
      if (outcome.verdict.kind === 'sent' && picture !== null && channel.picture === 'apart')
        await this.#sendPicture(picture);
    } catch (error) {
      // The outbox cannot be written: it is tried again as a service that fails is.
      this.#settle({ verdict: { kind: 'retry', afterMs: null }, answer: errorMessage(error) }, []);
    }
  }

  /** All parts of a message; the first that does not go decides, and then all of them are sent again. */
  async #sendPages(letter: Letter, picture: Uint8Array | null): Promise<Outcome> {
    const { channel, timers } = this.#options;
    const { longest, measure } = channel.limits;
    const parts = splitText(letter.text, longest - Math.min(TITLE_ROOM, measure(letter.title) + 1), measure);
    let outcome: Outcome = { verdict: { kind: 'drop' }, answer: 'it was empty' };
    for (const [index, text] of parts.entries()) {
      if (index > 0) await this.#pause(channel.limits.gapMs);
      const page: Page = {
        ...letter,
        title: cutTo(letter.title, TITLE_ROOM - 1, measure),
        text,
        picture: index === 0 ? picture : null,
      };
      outcome = await channel.send(page);
      this.#countOn(timers.wallNow());
      if (outcome.verdict.kind !== 'sent') return outcome;
    }
    return outcome;
  }

  /** It is there in words already: a picture that fails is told and not tried again. */
  async #sendPicture(png: Uint8Array): Promise<void> {
    const { channel, timers, log } = this.#options;
    await this.#pause(channel.limits.gapMs);
    const { verdict, answer } = await channel.sendPicture(png);
    this.#countOn(timers.wallNow());
    if (verdict.kind !== 'sent') log('warning', `${channel.name} did not take the digest's picture: ${answer}`);
  }

  #settle({ verdict, answer }: Outcome, seqs: readonly number[]): void {
    const { channel, outbox, timers, chance } = this.#options;
    const now = timers.wallNow();
    switch (verdict.kind) {
      case 'sent':
        if (this.#told !== null) this.#tell('info', `${channel.name} takes messages again.`);
        this.#told = null;
        this.#failures = 0;
        this.#notBefore = 0;
        outbox.done(channel.name, seqs);
        return;
      case 'drop':
        this.#failures = 0;
        outbox.done(channel.name, seqs);
        this.#options.log('warning', `${channel.name} does not take a message, which is left out: ${answer}`);
        return;
      case 'pause':
        this.#failures += 1;
        this.#notBefore = now + verdict.ms;
        this.#tell(
          'warning',
          `${channel.name} refuses messages, it is tried again in ${Math.round(verdict.ms / 60_000)} min: ${answer}`,
        );
        return;
      case 'retry':
        this.#failures += 1;
        this.#notBefore = now + Math.max(backOff(this.#failures, chance()), verdict.afterMs ?? 0);
        if (this.#failures > 1)
          this.#tell('warning', `${channel.name} cannot be reached, its messages wait: ${answer}`);
    }
  }

  #tell(level: 'info' | 'warning', text: string): void {
    if (level === 'warning' && this.#told === text) return;
    this.#told = text;
    this.#options.log(level, text);
  }

  #countOn(now: number): void {
    const { channel, outbox } = this.#options;
    outbox.keepSent(channel.name, countOn(outbox.sent(channel.name), now));
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#options.timers.after(ms, resolve);
    });
  }
}

/** A message that was tried goes again as it was; a digest goes alone; everything else together. */
function chosen(ready: readonly Waiting[], first: Waiting): readonly Waiting[] {
  const tried = ready.find(({ letter }) => letter !== null)?.letter ?? null;
  if (tried !== null) return ready.filter(({ letter }) => letter === tried);
  if (first.digest !== null) return [first];
  return ready.filter(({ digest }) => digest === null);
}

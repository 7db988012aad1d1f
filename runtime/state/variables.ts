import { BtError } from '../../src/domain/errors.ts';
import type { KeptVariable } from '../border/types.ts';
import { context } from '../objects/context.ts';
import { g, variableLost } from '../objects/g.ts';
import { decodeValue, lostReason } from './decode.ts';
import { encodeValue } from './encode.ts';
import { LOST, TAG } from './tags.ts';
import { isPythonText } from './python-text.ts';
import type { TextCache } from './written.ts';

const MB = 1024 * 1024;
/** JoinQuant's limits of what is kept, in bytes of text. */
const WARN_BYTES = 20 * MB;
const MOST_BYTES = 30 * MB;
/** So many of the largest variables are named when it is too much. */
const NAMED = 5;

type OwnPart = 'g' | 'context';
/** Where attributes of the strategy's own are. */
const PLACES: Readonly<Record<OwnPart, object>> = { g, context };
const PARTS: readonly OwnPart[] = ['g', 'context'];

/** A variable as it is kept. */
interface Kept {
  readonly text: string;
  readonly bytes: number;
}
interface Change extends KeptVariable {
  readonly part: OwnPart;
  /** Of its text; 0 when it is gone. */
  readonly bytes: number;
}

/** The attributes of g and context, as they outlive the process: what has changed since the last time, and back. */
export class Variables {
  /** By part and name; the names of g and context do not mix. */
  readonly #kept: Readonly<Record<OwnPart, Map<string, Kept>>> = { g: new Map(), context: new Map() };
  /** Of all that is kept. */
  #bytes = 0;
  readonly #texts: TextCache = new WeakMap();
  /** What was said of a variable is said once. */
  readonly #said = new Set<string>();
  readonly #warn: (text: string) => void;
  #isLarge = false;

  constructor(warn: (text: string) => void) {
    this.#warn = warn;
  }

  /** Sets what was kept. BtError STATE_OF_OTHER_LANGUAGE for what Python has written. */
  restore(variables: readonly KeptVariable[]): void {
    for (const { part, name, text } of variables) {
      if (text === null) continue;
      if (part === 'module' || isPythonText(text)) throw otherLanguage();
      const why = lostReason(text);
      if (why === null) Reflect.set(PLACES[part], name, decodeValue(text));
      else if (part === 'g') variableLost(name, why);
      this.#take({ part, name, text, bytes: Buffer.byteLength(text) });
    }
  }

  /**
   * What is to be kept that was not, each variable whole; empty when nothing has changed. A value that cannot be kept is told once,
   * with its place. BtError STATE_TOO_LARGE above 30 MB, and then nothing of it counts as kept.
   */
  changes(): KeptVariable[] {
    const changed = PARTS.flatMap((part) => this.#changesOf(part));
    const total = changed.reduce((sum, change) => sum + this.#growth(change), this.#bytes);
    if (total > MOST_BYTES) throw tooLarge(total, this.#largest(changed));
    if (total > WARN_BYTES && !this.#isLarge)
      this.#warn(
        `${sizeText(total)} are kept for g and context, ${sizeText(MOST_BYTES)} are the most: ${this.#largest(changed)}.`,
      );
    this.#isLarge = total > WARN_BYTES;
    for (const change of changed) this.#take(change);
    return changed.map(({ part, name, text }) => ({ part, name, text }));
  }

  #changesOf(part: OwnPart): Change[] {
    const place = PLACES[part];
    const kept = this.#kept[part];
    const changed: Change[] = [];
    const names = Object.keys(place).filter((name) => !name.startsWith('__'));
    for (const name of names) {
      const text = this.#encode(part, name, Reflect.get(place, name));
      if (kept.get(name)?.text !== text) changed.push({ part, name, text, bytes: Buffer.byteLength(text) });
    }
    const present = new Set(names);
    for (const [name, { text }] of kept) {
      // What was lost at a restart stays told until it is set again.
      if (!present.has(name) && lostReason(text) === null) changed.push({ part, name, text: null, bytes: 0 });
    }
    return changed;
  }

  #encode(part: OwnPart, name: string, value: unknown): string {
    const place = `${part}.${name}`;
    const { text, why } = encodeValue(value, place, this.#texts);
    if (why === null) return text;
    if (!this.#said.has(why)) {
      this.#said.add(why);
      this.#warn(
        `${place} is not kept for the next start: ${why}. Keep plain data, or make it anew in process_initialize() as ${part}.__${name}.`,
      );
    }
    return JSON.stringify({ [TAG]: LOST, v: why });
  }

  #take(change: Change): void {
    const { part, name, text, bytes } = change;
    this.#bytes += this.#growth(change);
    if (text === null) this.#kept[part].delete(name);
    else this.#kept[part].set(name, { text, bytes });
  }

  /** How many bytes more are kept with the change. */
  #growth({ part, name, bytes }: Change): number {
    return bytes - (this.#kept[part].get(name)?.bytes ?? 0);
  }

  #largest(changed: readonly Change[]): string {
    const sizes = new Map<string, number>();
    for (const part of PARTS) for (const [name, { bytes }] of this.#kept[part]) sizes.set(`${part}.${name}`, bytes);
    for (const { part, name, bytes } of changed) sizes.set(`${part}.${name}`, bytes);
    return [...sizes]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, NAMED)
      .map(([name, size]) => `${name} ${sizeText(size)}`)
      .join(', ');
  }
}

function otherLanguage(): BtError {
  return new BtError(
    'STATE_OF_OTHER_LANGUAGE',
    'This instance was begun by a strategy in Python; its g cannot be gone on with in TypeScript. Give this one its own --name, or begin a new life of the instance with --fresh.',
    { fault: 'config' },
  );
}

function sizeText(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`;
}

function tooLarge(total: number, largest: string): BtError {
  return new BtError(
    'STATE_TOO_LARGE',
    `g and context hold ${sizeText(total)} to keep, more than ${sizeText(MOST_BYTES)}, so nothing of this task is kept: ${largest}. ` +
      `Keep less, or under names that begin with __, which are not kept.`,
    { fault: 'strategy' },
  );
}

import type { Log } from '../../platform/log.ts';
import { toText } from '../python.ts';
import type { FaultEvent, FaultReport } from './types.ts';

/** Events the report keeps. */
const KEPT = 1000;
/** A fault that befalls every request is said so often, and then only to whoever reads at the level `debug`. */
const SAID = 5;

/** Counts faults, logs each (source `fault`), and keeps the latest. */
export class FaultRecord {
  readonly #log: Log;
  readonly #onFault: (event: FaultEvent) => void;
  readonly #counts = new Map<string, number>();
  readonly #variants = new Map<string, number>();
  readonly #said = new Map<number, number>();
  readonly #last: FaultEvent[] = [];
  #number = 0;

  constructor(log: Log, onFault: (event: FaultEvent) => void) {
    this.#log = log;
    this.#onFault = onFault;
  }

  add(facts: Omit<FaultEvent, 'number'>): void {
    this.#number += 1;
    const event = { number: this.#number, ...facts };
    const name = event.variant === '' ? event.kind : `${event.kind}/${event.variant}`;
    grow(this.#counts, event.kind);
    grow(this.#variants, name);
    this.#last.push(event);
    if (this.#last.length > KEPT) this.#last.shift();
    this.#say(event, name);
    this.#onFault(event);
  }

  #say(event: FaultEvent, name: string): void {
    const said = (this.#said.get(event.index) ?? 0) + 1;
    this.#said.set(event.index, said);
    const id = toText(event.id).slice(0, 60).replaceAll(/\s+/gu, ' ');
    const text = `#${event.number} ${name} on ${event.action} id=${id} session=${event.session} orders=${event.states.join(',')}`;
    if (said > SAID) this.#log.debug(text);
    else this.#log.info(said < SAID ? text : `${text} (further ones at the level debug)`);
  }

  report(): FaultReport {
    return {
      counts: Object.fromEntries(this.#counts),
      variants: Object.fromEntries(this.#variants),
      last: [...this.#last],
    };
  }
}

function grow(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

import type { ExchangeCommand } from '../exchange/types.ts';
import type { BookStore } from './book-store.ts';
import type { ServerState, StateDelta } from './state-file.ts';

/** Market ms after which a book is written whole again: what is appended is played again at the next start. */
const WHOLE_AFTER_MS = 1_800_000;

/** What a book is made of; each is a picture of the moment in which it is asked for. */
export interface BookPictures {
  whole(): ServerState;
  /** What changed since the last picture of either kind, apart from the market's commands. */
  delta(): Omit<StateDelta, 'commands'>;
}

/** Keeps a book durable at a cost that does not grow with it: whole now and then, in between only what happened since. */
export class BookJournal {
  readonly #store: BookStore;
  readonly #pictures: BookPictures;
  #commands: ExchangeCommand[] = [];
  #wholeNext = true;
  #wholeAt = 0;

  constructor(store: BookStore, pictures: BookPictures) {
    this.#store = store;
    this.#pictures = pictures;
  }

  note(command: ExchangeCommand): void {
    this.#commands.push(command);
  }

  /** Takes its picture in the turn in which it is called; one write at a time. After one that failed the next is a whole one. */
  async write(): Promise<void> {
    const commands = this.#commands;
    this.#commands = [];
    const delta = { ...this.#pictures.delta(), commands };
    const { market } = delta.clock;
    const append = this.#store.appends === true && !this.#wholeNext && market - this.#wholeAt < WHOLE_AFTER_MS;
    this.#wholeNext = true;
    if (append && this.#store.append !== undefined) {
      await this.#store.append(delta);
    } else {
      await this.#store.write(this.#pictures.whole());
      this.#wholeAt = market;
    }
    this.#wholeNext = false;
  }
}

/** Numbers that no other program is likely to use; within 31 bits, as the native part wants them. */
const FIRST = 586_200;
/** The terminal keeps some 70 MB a number, for ever: there are few of them, used in turn. */
const POOL = 20;

/** Session numbers of the traders of one server: another one at each connection, out of a small pool. */
export class SessionIds {
  #next: number;

  /** `random`: in [0, 1). `first`: the number to begin with; null = one of the pool. */
  constructor(random: () => number, first: number | null) {
    this.#next = first ?? FIRST + Math.floor(random() * POOL);
  }

  take(): number {
    const id = this.#next;
    const inPool = id >= FIRST && id < FIRST + POOL;
    this.#next = inPool ? FIRST + ((id - FIRST + 1) % POOL) : FIRST;
    return id;
  }
}

/** Lives that are remembered for each strategy: a sender begins one each time its strategy is started. */
const MOST_LIVES = 16;

/** Sees by the numbers of a sender's packets that some have not come. */
export class MissedNumbers {
  readonly #highest = new Map<string, Map<string, number>>();

  /** How many are missing before this one; 0 for what comes again or late, and for the first of a life that begins with it. */
  before(strategy: string, life: string, number: number): number {
    const lives = this.#highest.get(strategy) ?? new Map<string, number>();
    this.#highest.set(strategy, lives);
    const known = lives.get(life);
    // After our own start nobody knows what came before.
    const highest = known ?? (lives.size === 0 ? number - 1 : 0);
    lives.delete(life);
    lives.set(life, Math.max(highest, number));
    for (const oldest of lives.keys()) if (lives.size > MOST_LIVES) lives.delete(oldest);
    return Math.max(0, number - highest - 1);
  }
}

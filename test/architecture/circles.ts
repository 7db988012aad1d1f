/** Groups of files that import each other in a loop, each sorted. `arrows`: the files that each file imports. */
export function circles(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const search = new Search(arrows);
  for (const file of arrows.keys()) search.visit(file);
  return search.found.map((group) => group.sort()).sort(([one = ''], [two = '']) => (one < two ? -1 : 1));
}

/** Tarjan's strongly connected components, of more than one file or with an arrow to itself. */
class Search {
  readonly found: string[][] = [];
  readonly #arrows: ReadonlyMap<string, readonly string[]>;
  readonly #index = new Map<string, number>();
  readonly #lowest = new Map<string, number>();
  readonly #stack: string[] = [];

  constructor(arrows: ReadonlyMap<string, readonly string[]>) {
    this.#arrows = arrows;
  }

  visit(file: string): number {
    const known = this.#lowest.get(file);
    if (known !== undefined) return this.#stack.includes(file) ? known : Number.POSITIVE_INFINITY;
    const index = this.#index.size;
    this.#index.set(file, index);
    this.#lowest.set(file, index);
    this.#stack.push(file);
    const targets = (this.#arrows.get(file) ?? []).filter((target) => this.#arrows.has(target));
    const lowest = Math.min(index, ...targets.map((target) => this.visit(target)));
    this.#lowest.set(file, lowest);
    if (lowest === index) this.#close(file, targets);
    return lowest;
  }

  #close(file: string, targets: readonly string[]): void {
    const group = this.#stack.splice(this.#stack.indexOf(file));
    if (group.length > 1 || targets.includes(file)) this.found.push(group);
  }
}

// Python's methods of JavaScript's lists, texts and sets; methods.ts brings them.
/** Python's methods of a list. */
interface Array<T> {
  append(item: T): void;
  extend(items: Iterable<T>): void;
  insert(at: number, item: T): void;
  /** Takes out the first that is equal; VALUE_ERROR when there is none. */
  remove(item: T): void;
  // No index(item): TypeScript's own RegExpMatchArray is an Array whose `index` is a number. Editors know indexOf(item).
  count(item: T): number;
  copy(): T[];
  clear(): void;
  pop(at: number): T;
  sort(options: { readonly key?: (item: T) => unknown; readonly reverse?: boolean }): this;
}
/** Python's methods of a text. */
interface String {
  format(...values: readonly unknown[]): string;
  startswith(parts: string | Iterable<string>): boolean;
  endswith(parts: string | Iterable<string>): boolean;
  upper(): string;
  lower(): string;
  strip(characters?: string): string;
  lstrip(characters?: string): string;
  rstrip(characters?: string): string;
  isdigit(): boolean;
  zfill(width: number): string;
  /** The words. */
  split(): string[];
  partition(part: string): [before: string, part: string, behind: string];
  find(part: string): number;
  /** VALUE_ERROR when it is not there. */
  index(part: string): number;
  count(part: string): number;
  join(items: Iterable<unknown>): string;
}
/** Python's methods of a set. */
interface Set<T> {
  remove(item: T): void;
  discard(item: T): void;
  update(items: Iterable<T>): void;
  copy(): Set<T>;
  union<U>(...others: readonly Iterable<U>[]): Set<T | U>;
  intersection<U>(...others: readonly Iterable<U>[]): Set<T & U>;
  difference(...others: readonly Iterable<unknown>[]): Set<T>;
  issubset(other: Iterable<unknown>): boolean;
  issuperset(other: Iterable<unknown>): boolean;
}

/** More names than that are not kept: a program may register tasks without end. */
const MOST_NAMES = 1_000;

const names = new Set<string>();

/** A name that the user chose (of a task, a strategy, an instance): it is a name also where it looks like a word of ours. */
export function keepOwnName(name: string): void {
  if (name !== '' && names.size < MOST_NAMES) names.add(name);
}

export function ownNames(): ReadonlySet<string> {
  return names;
}

/** For tests. */
export function forgetOwnNames(): void {
  names.clear();
}

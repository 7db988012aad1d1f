/** Who speaks, before each title; nobody may take what happens on paper for real. `stub`: null = the venue has not said what it is. */
export function speaker(name: string, stub: boolean | null): string {
  if (stub === null) return `bt ${name} (not connected yet)`;
  return stub ? `PAPER bt ${name}` : `bt ${name}`;
}

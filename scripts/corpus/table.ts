import { AUTHORS, KINDS, OUT_OF_SCOPE, type End, type EndKind } from './classify.ts';

/** One script and how it ended; `script` is the hash it is called by. */
export interface Result {
  readonly script: string;
  readonly end: End;
  /** Wall seconds of the whole run. */
  readonly seconds: number;
  /** The machine's load average of the last minute when it ended: seconds beside a load of more than the cores say little. */
  readonly load: number;
}

/** The table that `npm run corpus` prints. */
export function corpusTable(results: readonly Result[]): string {
  const count = (kinds: readonly EndKind[]): number => results.filter(({ end }) => kinds.includes(end.kind)).length;
  const inScope = results.filter(({ end }) => !OUT_OF_SCOPE.has(end.kind)).length;
  const clean = count(['orders', 'quiet']);
  const sound = inScope - count([...AUTHORS]);
  const orders = results.reduce((sum, { end }) => sum + end.orders, 0);
  const rows = (Object.keys(KINDS) as EndKind[]).map((kind) => `${String(count([kind])).padStart(5)}  ${KINDS[kind]}`);
  return [
    ...rows,
    '',
    `${results.length} scripts; clean ${share(clean, results.length)}; in scope ${inScope}, clean of them ${share(clean, inScope)};`,
    `without those that Python 3 cannot read and those that fail at JoinQuant too ${sound}, clean of them ${share(clean, sound)};`,
    `with orders ${share(count(['orders']), results.length)}, ${orders} orders; ${secondsText(results)}`,
    '',
    'What ended with an error, or did nothing:',
    ...causes(results),
  ].join('\n');
}

function share(part: number, whole: number): string {
  return `${part} (${whole === 0 ? '-' : ((100 * part) / whole).toFixed(1)} %)`;
}

function secondsText(results: readonly Result[]): string {
  const sorted = results.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(1);
  return `seconds a script p50 ${at(0.5)}, p90 ${at(0.9)}`;
}

/** Each cause with how often it came, and one script that shows it; the most frequent first. */
function causes(results: readonly Result[]): string[] {
  const found = new Map<string, string[]>();
  for (const { script, end } of results) {
    if (end.kind === 'orders') continue;
    const key = `${end.kind}: ${end.why}`;
    found.set(key, [...(found.get(key) ?? []), script]);
  }
  return [...found]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([cause, scripts]) => `${String(scripts.length).padStart(5)}  ${cause}   (${scripts.slice(0, 3).join(', ')})`);
}

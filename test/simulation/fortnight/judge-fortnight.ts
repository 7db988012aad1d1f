import { isDeepStrictEqual } from 'node:util';

/** What a fortnight has left, on disk and at the broker. */
export interface Left {
  /** Outcome and reason of each due task by its key, `day|task|due`. */
  readonly triggers: ReadonlyMap<string, { readonly outcome: string; readonly reason: string | null }>;
  /** `log` has a line `day task` of each task that ran, `days` the days on which `count` did. */
  readonly g: Readonly<Record<string, unknown>>;
  /** `day side filled` of each order, oldest first. */
  readonly orders: readonly string[];
  /** Shares that the broker shows at the end. */
  readonly held: number;
  /** From when on tasks were due, `YYYY-MM-DD HH:MM:SS`. */
  readonly began: string;
  /** How often each point of its input and output was come to, in a life that was not killed. */
  readonly points: ReadonlyMap<string, number>;
  /** How many processes it took. */
  readonly lives: number;
}

const RAN: ReadonlySet<string> = new Set(['ran', 'ran_late']);
const MAY_BE_SKIPPED = /bt was not running|still starting|late/u;

/**
 * What a fortnight that was killed has left other than the one that was not (`whole`), in words: nothing but what the kill cut off, or
 * what came up while nobody was there, may be missing.
 */
export function judgeFortnight(left: Left, whole: Left): string[] {
  const isDue = dueIn(left);
  const due = [...whole.triggers.keys()].filter(isDue).toSorted();
  const kept = [...left.triggers.keys()].toSorted();
  const missing = new Set([
    ...[...whole.triggers.keys()].filter((key) => !isDue(key)),
    ...[...left.triggers].flatMap(([key, { outcome }]) => (RAN.has(outcome) ? [] : [key])),
  ]);
  return [
    ...(isDeepStrictEqual(kept, due) ? [] : [`not each due task has its record: ${differing(kept, due)}`]),
    ...oddOutcomes(left),
    ...oddVariables(left, whole, missing),
    ...oddOrders(left, whole, missing),
  ];
}

/** Before initialize has run to its end nothing is due, nor what a task that was cut off would have registered. */
function dueIn({ triggers, began }: Left): (key: string) => boolean {
  const month = [...triggers].find(([key]) => key.includes('|month|'))?.[1].outcome ?? '';
  return (key) => (key.split('|').at(-1) ?? '') >= began && (!key.includes('|more|') || RAN.has(month));
}

/** The first, a middle and the last time of each point. */
export function timesOf({ points }: Left): { readonly point: string; readonly nth: number }[] {
  return [...points].flatMap(([point, times]) =>
    [...new Set([1, Math.ceil(times / 2), times])].map((nth) => ({ point, nth })),
  );
}

function oddOutcomes({ triggers }: Left): string[] {
  const not = [...triggers].filter(([, { outcome }]) => !RAN.has(outcome));
  const mayBe = (reason: string | null): boolean => MAY_BE_SKIPPED.test(reason ?? '');
  const odd = not.filter(
    ([, { outcome, reason }]) => outcome !== 'interrupted' && !(outcome === 'skipped' && mayBe(reason)),
  );
  const cut = not.filter(([, { outcome }]) => outcome === 'interrupted');
  return [
    ...odd.map(([key, { outcome, reason }]) => `${key} is ${outcome}: ${reason ?? 'no reason'}`),
    ...(cut.length > 1 ? [`one kill has cut off ${cut.map(([key]) => key).join(', ')}`] : []),
  ];
}

function oddVariables({ g }: Left, whole: Left, missing: ReadonlySet<string>): string[] {
  const notes = new Set([...missing].map(noteOf));
  const log = (whole.g['log'] as string[]).filter((text) => !notes.has(text));
  const days = new Set(log.filter((text) => text.endsWith(' count')).map((text) => text.slice(0, 10)));
  return isDeepStrictEqual(g, { ...whole.g, log, days })
    ? []
    : [`g is ${JSON.stringify(g)}, not ${JSON.stringify(log)}`];
}

/** None twice, none forgotten: what is not there belongs to a task that did not run, and the broker holds what was bought. */
function oddOrders({ orders, held }: Left, whole: Left, missing: ReadonlySet<string>): string[] {
  const mayLack = new Set([...missing].map((key) => key.slice(0, 10)));
  const lost = whole.orders.filter((order) => !orders.includes(order) && !mayLack.has(order.slice(0, 10)));
  const more = orders.filter((order) => !whole.orders.includes(order));
  const bought = orders.reduce((sum, order) => sum + Number(order.split(' ').at(-1)), 0);
  return [
    ...(new Set(orders).size === orders.length ? [] : [`an order is there twice: ${orders.join(', ')}`]),
    ...lost.map((order) => `${order} is missing`),
    ...more.map((order) => `${order} is too much`),
    ...(bought === held ? [] : [`${bought} were bought by the ledger, ${held} are held at the broker`]),
  ];
}

/** What a task notes in g. */
function noteOf(key: string): string {
  const [day = '', , name = ''] = key.split('|');
  return `${day} ${name}`;
}

function differing(kept: readonly string[], due: readonly string[]): string {
  const more = kept.filter((key) => !due.includes(key));
  const less = due.filter((key) => !kept.includes(key));
  return `too much ${more.join(', ')}; missing ${less.join(', ')}`;
}

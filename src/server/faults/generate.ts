import { Rng } from '../../platform/random.ts';
import type { MarketKind } from '../options.ts';
import type { FaultKind } from './kind.ts';
import { FAULT_KINDS } from './kinds.ts';
import type { FaultPlan, FaultSpec } from './types.ts';

export interface GenerateOptions {
  /** Kinds to draw from; absent = all that a live system must survive and the market can have. */
  readonly kinds?: readonly string[];
  /** Faults that happen now and then; 12. */
  readonly events?: number;
  /** The reference market has fewer kinds; simulated when absent. */
  readonly market?: MarketKind;
}

const EVENTS = 12;
/** Chance that a run has a given trait. */
const TRAIT_CHANCE = 0.4;

/** How often each action is befallen where a kind leaves the choice, and among how many of its first requests. */
const TARGETS = [
  { action: 'broker.place_order', weight: 45, among: 8 },
  { action: 'broker.cancel_order', weight: 15, among: 6 },
  { action: 'broker.orders', weight: 15, among: 60 },
  { action: 'broker.trades', weight: 10, among: 60 },
  { action: 'broker.positions', weight: 8, among: 12 },
  { action: 'broker.account', weight: 7, among: 12 },
] as const;

/** The plan of a seed: equal seeds (and options) give equal plans, on every machine. */
export function generateFaultPlan(seed: number, options: GenerateOptions = {}): FaultPlan {
  const rng = new Rng(seed).fork('faults');
  const kinds = FAULT_KINDS.filter(
    (kind) => (options.kinds?.includes(kind.kind) ?? kind.seeded) && (options.market !== 'reference' || possible(kind)),
  );
  const faults: FaultSpec[] = [];
  // One stream a kind: a new kind changes no other trait.
  for (const kind of kinds.filter(({ rhythm }) => rhythm === 'trait')) {
    const own = rng.fork(kind.kind);
    if (own.next() < TRAIT_CHANCE) faults.push({ kind: kind.kind, ...kind.draw(own) });
  }
  const events = kinds.filter(({ rhythm }) => rhythm === 'event');
  for (let n = 0; n < (options.events ?? EVENTS) && events.length > 0; n += 1) {
    const kind = events[rng.int(events.length)];
    if (kind !== undefined) faults.push(drawEvent(kind, rng));
  }
  return { name: `seed ${seed}`, seed, faults };
}

/** Without the kinds the reference market cannot have in any form. */
function possible(kind: FaultKind): boolean {
  const drawn = kind.draw(new Rng(1));
  return !kind.arm({ ...drawn, kind: kind.kind }).simulatedOnly;
}

/** Once at an ordinal, or now and then. */
function drawEvent(kind: FaultKind, rng: Rng): FaultSpec {
  const params = kind.draw(rng);
  const target = drawTarget(kind, rng);
  const when =
    rng.next() < 0.75
      ? { nth: 1 + rng.int(target.among) }
      : { probability: (2 + rng.int(15)) / 100, times: 1 + rng.int(4) };
  return { kind: kind.kind, action: target.action, ...when, ...params };
}

function drawTarget(kind: FaultKind, rng: Rng): { readonly action: string; readonly among: number } {
  const [first = 'broker.*'] = kind.actions;
  if (first !== 'broker.*') {
    return TARGETS.find(({ action }) => action === first) ?? { action: first, among: 12 };
  }
  let left = rng.int(TARGETS.reduce((sum, { weight }) => sum + weight, 0));
  for (const target of TARGETS) {
    if (left < target.weight) return target;
    left -= target.weight;
  }
  return TARGETS[0];
}

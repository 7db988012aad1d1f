import type { Rng } from '../../../src/platform/random.ts';
import type { Axis } from './axes.ts';
import { between, pick } from './pick.ts';
import type { Call, OperatorAct, Plan } from './types.ts';

/** So many worlds have one or the other; of these so many a person. */
const SHARE = 0.16;
const PERSON = 0.1;

/** A person who kills, pauses and resumes, or a limit of orders a day, comes upon some worlds of every kind. */
export function withOperator(
  plan: Plan,
  rng: Rng,
  { axes, isForced }: { readonly axes: ReadonlySet<Axis>; readonly isForced: boolean },
): Plan {
  const drawn = rng.next() * (isForced ? SHARE : 1);
  if (plan.kind === 'months' || !axes.has('operator') || drawn >= SHARE) return plan;
  return { ...plan, ...(drawn < PERSON ? operatorOf(rng, plan) : limitOf(rng, plan)) };
}

/** A person acts shortly before a call, so that an order may be on its way; half of these engines are killed as well, soon after. */
function operatorOf(rng: Rng, { quietAt, calls, restarts }: Plan): Partial<Plan> {
  const call =
    calls.length > 0 && rng.next() < 0.6 ? pick(rng, calls).at - rng.next() * 900 : rng.next() * quietAt * 0.6;
  const at = Math.max(0, call);
  const kill = rng.next() < 0.75;
  const [cancel, flatten] = [rng.next() < 0.5, rng.next() < 0.4];
  const by = rng.next() < 0.4 ? 'file' : 'socket';
  const first: OperatorAct = kill
    ? { kind: 'kill', at, by, cancel: cancel || flatten, flatten }
    : { kind: 'pause', at };
  const resume: OperatorAct = { kind: 'resume', at: at + rng.next() * Math.max(0, quietAt - at) };
  const death = { at: at + rng.next() * Math.max(0, quietAt - at) * 0.5, downMs: between(rng, 200, 3_000) };
  return {
    operator: rng.next() < 0.3 ? [first, resume] : [first],
    restarts: rng.next() < 0.5 ? [...restarts, death] : restarts,
  };
}

/** A limit of orders a day, and an engine that is killed after a call and asked the same again when it is back. */
function limitOf(rng: Rng, { calls, restarts, quietAt }: Plan): Partial<Plan> {
  const maxDailyOrders = 1 + rng.int(2);
  const first = calls.findIndex(({ kind }) => kind === 'order');
  const call = calls[first];
  if (call === undefined) return { maxDailyOrders };
  const death = { at: call.at + between(rng, 500, 3_000), downMs: between(rng, 200, 2_000) };
  const back = death.at + death.downMs;
  const again = Array.from({ length: 3 }, (_, nth): Call => ({
    ...call,
    at: back + between(rng, 3_000, 6_000) * (nth + 1),
  }));
  return {
    maxDailyOrders,
    calls: [...calls, ...again],
    restarts: [...restarts, death],
    quietAt: Math.max(quietAt, ...again.map(({ at }) => at + 1_000)),
  };
}

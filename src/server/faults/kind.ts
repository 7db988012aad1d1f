import * as z from 'zod';

import type { Log } from '../../platform/log.ts';
import type { Rng } from '../../platform/random.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { Link } from '../interceptor.ts';
import type { FaultyOutbox } from './faulty-outbox.ts';
import type { JumpingClock } from './jumping-clock.ts';
import type { ServerControl } from './control.ts';
import { SELECTOR } from './selector.ts';
import type { FaultSpec, Selector } from './types.ts';

/** One request, as a fault sees it. */
export interface FaultCall {
  readonly action: string;
  readonly message: JsonObject;
  readonly payload: JsonObject;
  readonly link: Link;
  readonly outbox: FaultyOutbox;
  readonly control: ServerControl;
  readonly clock: JumpingClock;
  readonly timers: TimerSource;
  readonly log: Log;
  /** Id of the request before it on this connection; null = none. */
  readonly previousId: unknown;
  /** Carries the request out; resolves with its answer, which goes nowhere by itself. */
  execute(): Promise<JsonObject | null>;
  /** The whole server reads and writes nothing for so many wall ms, on no connection, new ones included. */
  hang(ms: number): void;
  /** Counts and logs the fault; call it when, and only when, it happens. `answer`: what was carried out, when anything was. */
  happened(answer?: JsonObject | null): void;
}

/** What is to follow: go on, go on with this answer (before the execution: instead of it), or nothing, for the peer is gone. */
export type Step = 'on' | 'gone' | { readonly answer: JsonObject };

/** What a fault does. Every method but `sent`, `handshake` and those of `lasting` is called for the requests its selector takes only. */
export interface Effect {
  request?(payload: JsonObject, call: FaultCall): JsonObject;
  before?(call: FaultCall): Step | Promise<Step>;
  /** `answer` is null when nobody waits for one. */
  after?(answer: JsonObject | null, call: FaultCall): Step | Promise<Step>;
  /** Sends the answer in the place of the session; resolves when the session may go on. */
  deliver?(answer: JsonObject, call: FaultCall): void | Promise<void>;
  /** A message went out on this link as it should. */
  sent?(link: Link): void;
  /** False: no pong. */
  ping?(call: Pick<FaultCall, 'happened'>): boolean;
  /** The refusal of a handshake, or null. */
  handshake?(message: JsonObject): JsonObject | null;
  /** Goes on for every request, whatever the selector says. */
  readonly lasting?: {
    request(payload: JsonObject, call: FaultCall): JsonObject;
    answer(answer: JsonObject, call: FaultCall): JsonObject;
  };
}

/** A fault ready to happen. */
export interface ArmedFault {
  readonly effect: Effect;
  readonly variant: string;
  /** Whether only the simulated market can have it. */
  readonly simulatedOnly: boolean;
}

/** One kind of fault, its parameters hidden behind the plain form. */
export interface FaultKind {
  readonly kind: string;
  /** What it does, in one line. */
  readonly about: string;
  /** Actions it befalls when a plan does not say. */
  readonly actions: readonly string[];
  /** How a seeded plan uses it: now and then, or as a trait of the whole run. */
  readonly rhythm: 'event' | 'trait';
  /** False: a seed draws it only where it is told to, because no live system can go on with it. */
  readonly seeded: boolean;
  readonly schema: z.ZodType<FaultSpec>;
  arm(spec: FaultSpec): ArmedFault;
  draw(rng: Rng): Readonly<Record<string, unknown>>;
}

interface Definition<S extends z.ZodRawShape> {
  readonly kind: string;
  readonly about: string;
  readonly actions: readonly string[];
  readonly rhythm: 'event' | 'trait';
  readonly seeded?: boolean;
  readonly params: S;
  /** The form it takes, for counting; empty when it has one only. */
  variant?(params: z.output<z.ZodObject<S>>): string;
  simulatedOnly?(params: z.output<z.ZodObject<S>>): boolean;
  /** Parameters of a seeded plan, and a selector where the usual ones do not fit; only what a live system must survive. */
  draw(rng: Rng): z.input<z.ZodObject<S>> & Selector;
  effect(params: z.output<z.ZodObject<S>>): Effect;
}

/** Makes a kind of its definition. */
export function defineFault<S extends z.ZodRawShape>(definition: Definition<S>): FaultKind {
  const { kind, about, actions, rhythm, params, seeded = true } = definition;
  const readParams = z.object(params);
  const schema = z.strictObject({ kind: z.literal(kind), ...SELECTOR, ...params });
  return {
    kind,
    about,
    actions,
    rhythm,
    seeded,
    schema: schema as z.ZodType as z.ZodType<FaultSpec>,
    arm: (spec) => {
      const read = readParams.parse(spec);
      return {
        effect: definition.effect(read),
        variant: definition.variant?.(read) ?? '',
        simulatedOnly: definition.simulatedOnly?.(read) ?? false,
      };
    },
    draw: (rng) => definition.draw(rng),
  };
}

/** A choice of the list. */
export function pick<const T>(rng: Rng, choices: readonly [T, ...T[]]): T {
  return choices[rng.int(choices.length)] ?? choices[0];
}

/** Actions that trade or read the account. */
export const BROKER = ['broker.*'] as const;
export const ACCOUNT = ['broker.account', 'broker.get_account_info'] as const;
export const PLACE = ['broker.place_order'] as const;

/** Before or after the request was carried out. */
export const WHEN = z.enum(['before', 'after']).default('after');
/** Wall ms. */
export const WALL_MS = z.int().min(0).max(3_600_000);
